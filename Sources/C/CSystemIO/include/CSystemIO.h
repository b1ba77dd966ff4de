// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The few system calls and constants that the C library's Swift module does not show.

#ifndef ACTORPUSH_CSYSTEMIO_H
#define ACTORPUSH_CSYSTEMIO_H

#include <pthread.h>
#include <stddef.h>
#include <sys/types.h>

/// getdents64(2): fills `buffer` with directory records. Returns 0 at the end, -1 and errno on failure,
/// ENOSYS where there is no such call.
ssize_t actorpush_getdents64(int descriptor, void *buffer, size_t size);

/// openat(2) of what exists, read(2) and close(2). Those of the C library are points at which a thread may be
/// cancelled, and say so to the thread before and after: no thread is ever cancelled here.
int actorpush_openat(int directory, const char *path, int flags);
ssize_t actorpush_read(int descriptor, void *buffer, size_t size);
int actorpush_close(int descriptor);

/// fstat(2) into a `struct stat`, by the system call of that name. The C library passes an empty path as
/// well, which takes longer.
int actorpush_fstat(int descriptor, void *status);

/// The clock that the system takes the times of files from, in nanoseconds since 1970; -1 where that is not
/// known. A file that changes from now on has this time of its last change (st_ctime), or a later one.
long long actorpush_file_clock(void);

/// Whether an open file lies in a file system of this machine, which takes its times from that clock: not on a
/// server, and not in a file system of a process or of the host (fstatfs(2)).
int actorpush_is_timed_here(int descriptor);

/// open(2) flags for a descriptor that only names a file (0 where the system has none).
int actorpush_path_only_flag(void);

/// open(2) with O_TMPFILE: a file without a name in `directory`; -1 and errno on failure.
int actorpush_open_unnamed(const char *directory, int mode);

/// Makes a pipe that started programs do not inherit, `ends[0]` for reading and `ends[1]` for writing; it
/// holds up to 1 MiB where the system allows that. Returns -1 and errno on failure.
int actorpush_pipe(int ends[2]);

/// Makes the first SIGINT, SIGTERM or SIGHUP write its number, one byte, into a pipe; one that comes half a
/// second later, or more, ends the process as usual. Returns the pipe's reading end, -1 and errno on failure.
/// A signal that is ignored (nohup) stays so.
int actorpush_catch_termination(void);

/// Allocates `size` bytes in pages of their own, more than `old_size`. Where there is an `old` block, its
/// first `old_size` bytes move there, without a copy where the system can, and it is freed. Null if there is
/// no memory.
void *actorpush_grow_pages(void *old, size_t old_size, size_t size);

/// pthread_create(3), with the new thread on another processor than the caller's where there is one; from
/// there the system may move it. Some kernels start a thread where it was created, and take 10 ms and more to
/// see that the next processor is idle.
int actorpush_start_thread_elsewhere(pthread_t *thread, void *(*body)(void *), void *context);

/// Starts `program` with `arguments` and `environment`, each ended by a null pointer, in a session of its
/// own. Of this process's open files it inherits only `output`, as standard output and standard error;
/// standard input is empty. Returns its pid, or -1 and errno.
int actorpush_start_detached(
    const char *program, char *const arguments[], char *const environment[], int output);

/// Raises the number of files that may be open at a time to `wanted`, as far as the system allows that.
/// Returns the number.
long long actorpush_raise_open_files(long long wanted);

/// How many bytes of address space the process may have; -1 for any number. Where they are limited, threads
/// share one heap from now on: each heap of its own would take 64 MiB of them.
long long actorpush_limited_address_space(void);

/// How many bytes of data, stacks of threads among them, the process may have (RLIMIT_DATA); -1 without a limit.
long long actorpush_limited_data(void);

#endif
