// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#define _GNU_SOURCE
#include "CSystemIO.h"

#include <errno.h>
#include <fcntl.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/magic.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

ssize_t actorpush_getdents64(int descriptor, void *buffer, size_t size) {
  return syscall(SYS_getdents64, descriptor, buffer, size);
}

int actorpush_path_only_flag(void) { return O_PATH; }

int actorpush_open_unnamed(const char *directory, int mode) {
  return open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
}
#else
ssize_t actorpush_getdents64(int descriptor, void *buffer, size_t size) {
  (void)descriptor, (void)buffer, (void)size;
  errno = ENOSYS;
  return -1;
}

int actorpush_path_only_flag(void) { return 0; }

int actorpush_open_unnamed(const char *directory, int mode) {
  (void)directory, (void)mode;
  errno = EOPNOTSUPP;
  return -1;
}
#endif

void *actorpush_grow_pages(void *old, size_t old_size, size_t size) {
#if defined(__linux__)
  if (old) {
    void *moved = mremap(old, old_size, size, MREMAP_MAYMOVE);
    return moved == MAP_FAILED ? 0 : moved;
  }
#endif
  void *fresh = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (fresh == MAP_FAILED) return 0;
  if (old) {
    memcpy(fresh, old, old_size);
    munmap(old, old_size);
  }
  return fresh;
}

#if defined(__linux__) && defined(__LP64__)
int actorpush_openat(int directory, const char *path, int flags) {
  return (int)syscall(SYS_openat, directory, path, flags, 0);
}

ssize_t actorpush_read(int descriptor, void *buffer, size_t size) {
  return syscall(SYS_read, descriptor, buffer, size);
}

int actorpush_close(int descriptor) { return (int)syscall(SYS_close, descriptor); }
#else
int actorpush_openat(int directory, const char *path, int flags) { return openat(directory, path, flags); }

ssize_t actorpush_read(int descriptor, void *buffer, size_t size) { return read(descriptor, buffer, size); }

int actorpush_close(int descriptor) { return close(descriptor); }
#endif

int actorpush_fstat(int descriptor, void *status) {
#if defined(__linux__) && defined(__x86_64__) && defined(__LP64__) && defined(SYS_fstat)
  // On x86-64 the kernel's structure is the C library's.
  return (int)syscall(SYS_fstat, descriptor, status);
#else
  return fstat(descriptor, status);
#endif
}

#if defined(__linux__)
long long actorpush_file_clock(void) {
  // Newer kernels give finer times, but none before this one.
  struct timespec time;
  return clock_gettime(CLOCK_REALTIME_COARSE, &time) == 0 ? time.tv_sec * 1000000000LL + time.tv_nsec : -1;
}

int actorpush_is_timed_here(int descriptor) {
  struct statfs system;
  if (fstatfs(descriptor, &system) != 0) return 0;
  switch ((unsigned)system.f_type) {
  case EXT4_SUPER_MAGIC: // ext2 and ext3, too
  case XFS_SUPER_MAGIC:
  case BTRFS_SUPER_MAGIC:
  case F2FS_SUPER_MAGIC:
  case TMPFS_MAGIC:
  case OVERLAYFS_SUPER_MAGIC:
  case 0xca451a4e: // bcachefs
  case 0x2fc12fc1: // ZFS
    return 1;
  default: return 0;
  }
}
#else
long long actorpush_file_clock(void) { return -1; }

int actorpush_is_timed_here(int descriptor) {
  (void)descriptor;
  return 0;
}
#endif

static int termination_pipe = -1;
// When the first signal came, in milliseconds; 0 as long as none has.
static atomic_llong terminated;
// What comes together is one request: timeout(1) signals a process and then its group, npm passes on what the
// terminal has sent to all.
static const long long one_request = 500;

static void note_signal(int number) {
  int before = errno;
  struct timespec time;
  long long now = 1, first = 0;
  if (clock_gettime(CLOCK_MONOTONIC, &time) == 0) now += time.tv_sec * 1000LL + time.tv_nsec / 1000000;
  if (atomic_compare_exchange_strong(&terminated, &first, now)) {
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(termination_pipe, &byte, 1);
    (void)written;
  } else if (now - first >= one_request) {
    // Taken when this handler returns.
    (void)signal(number, SIG_DFL);
    (void)raise(number);
  }
  errno = before;
}

int actorpush_pipe(int ends[2]) {
#if defined(__linux__)
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  // The writer waits less often. Where it is not allowed, the pipe stays as it is.
  (void)fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
  return 0;
#else
  if (pipe(ends) != 0) return -1;
  for (int index = 0; index < 2; index++) (void)fcntl(ends[index], F_SETFD, FD_CLOEXEC);
  return 0;
#endif
}

int actorpush_catch_termination(void) {
  static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  int ends[2];
  if (pipe(ends) != 0) return -1;
  for (int index = 0; index < 2; index++) {
    // A started program must not inherit it.
    if (fcntl(ends[index], F_SETFD, FD_CLOEXEC) != 0) return -1;
  }
  termination_pipe = ends[1];
  for (size_t index = 0; index < sizeof signals / sizeof *signals; index++) {
    struct sigaction before, action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    if (sigaction(signals[index], 0, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    if (sigaction(signals[index], &action, 0) != 0) return -1;
  }
  return ends[0];
}

#if defined(__GLIBC__)
int actorpush_start_thread_elsewhere(pthread_t *thread, void *(*body)(void *), void *context) {
  cpu_set_t allowed, others;
  pthread_attr_t attributes;
  int here = sched_getcpu();
  if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
    return pthread_create(thread, 0, body, context);
  }
  others = allowed;
  CPU_CLR(here, &others);
  if (CPU_COUNT(&others) == 0 || pthread_attr_init(&attributes) != 0) {
    return pthread_create(thread, 0, body, context);
  }
  int failure = pthread_attr_setaffinity_np(&attributes, sizeof others, &others);
  if (!failure) failure = pthread_create(thread, &attributes, body, context);
  pthread_attr_destroy(&attributes);
  // The set of allowed processors may have changed meanwhile: then on any of them.
  if (failure) return pthread_create(thread, 0, body, context);
  pthread_setaffinity_np(*thread, sizeof allowed, &allowed);
  return 0;
}
#else
int actorpush_start_thread_elsewhere(pthread_t *thread, void *(*body)(void *), void *context) {
  return pthread_create(thread, 0, body, context);
}
#endif

int actorpush_start_detached(
    const char *program, char *const arguments[], char *const environment[], int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  pid_t pid = -1;
  sigset_t all, none;
  int failure = posix_spawn_file_actions_init(&actions);
  if (failure != 0) return errno = failure, -1;
  failure = posix_spawnattr_init(&attributes);
  if (failure != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return errno = failure, -1;
  }
  sigfillset(&all);
  sigemptyset(&none);
  short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#if defined(__APPLE__)
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  if (!failure) failure = posix_spawn_file_actions_adddup2(&actions, output, 1);
  if (!failure) failure = posix_spawn_file_actions_adddup2(&actions, output, 2);
  if (!failure) failure = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 34)
  // git's own pipes among them: their readers would wait for the new process.
  if (!failure) failure = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
#endif
  if (!failure) failure = posix_spawnattr_setsigdefault(&attributes, &all);
  if (!failure) failure = posix_spawnattr_setsigmask(&attributes, &none);
  if (!failure) failure = posix_spawnattr_setflags(&attributes, flags);
  if (!failure) failure = posix_spawn(&pid, program, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failure) return errno = failure, -1;
  return pid;
}

long long actorpush_raise_open_files(long long wanted) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= (rlim_t)wanted) return wanted;
  struct rlimit raised = limit;
  raised.rlim_cur = limit.rlim_max < (rlim_t)wanted ? limit.rlim_max : (rlim_t)wanted;
  if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  return (long long)limit.rlim_cur;
}

long long actorpush_limited_data(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_DATA, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return -1;
  return limit.rlim_cur > (rlim_t)INT64_MAX ? INT64_MAX : (long long)limit.rlim_cur;
}

long long actorpush_limited_address_space(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return -1;
#if defined(__GLIBC__)
  mallopt(M_ARENA_MAX, 1);
#endif
  return limit.rlim_cur > (rlim_t)INT64_MAX ? INT64_MAX : (long long)limit.rlim_cur;
}
