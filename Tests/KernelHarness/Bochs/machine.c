// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The harness's machine, where there is no operating system: what it uses of libc, pages that can be taken away, and
// faults that are told. What it prints goes to the serial port.

#include <stdarg.h>
#include <stdio.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <stdlib.h>
#include <unistd.h>

enum { PAGE = 4096, MEMORY = 128 << 20, HEAP = 16 << 20 };

static void out8(uint16_t port, uint8_t byte) { __asm__ volatile("outb %0, %1" : : "a"(byte), "Nd"(port)); }
static uint8_t in8(uint16_t port) {
  uint8_t byte;
  __asm__ volatile("inb %1, %0" : "=a"(byte) : "Nd"(port));
  return byte;
}

int putchar(int character) {
  while (!(in8(0x3fd) & 0x20)) {}
  out8(0x3f8, (uint8_t)character);
  return character;
}
static void put(const char *text) {
  while (*text) putchar(*text++);
}
static void put_number(uint64_t number, unsigned base) {
  if (number >= base) put_number(number / base, base);
  putchar("0123456789abcdef"[number % base]);
}
/// Knows %d, %ld, %lx and %s.
int printf(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  for (; *format; format++) {
    if (*format != '%') {
      putchar(*format);
      continue;
    }
    int wide = *++format == 'l';
    format += wide;
    if (*format == 's') {
      put(va_arg(arguments, const char *));
    } else if (*format == 'x') {
      put_number(va_arg(arguments, uint64_t), 16);
    } else {
      long number = wide ? va_arg(arguments, long) : va_arg(arguments, int);
      if (number < 0) putchar('-');
      put_number(number < 0 ? -(uint64_t)number : (uint64_t)number, 10);
    }
  }
  va_end(arguments);
  return 0;
}

_Noreturn static void end(int status) {
  printf("harness ended: %d\n", status);
  while (!(in8(0x3fd) & 0x40)) {}
  for (const char *word = "Shutdown"; *word; word++) out8(0x8900, (uint8_t)*word);  // Bochs's own power switch
  for (;;) __asm__ volatile("cli; hlt");
}
void abort(void) { end(134); }

void *memcpy(void *to, const void *from, size_t count) {
  void *end = to;
  __asm__ volatile("rep movsb" : "+D"(end), "+S"(from), "+c"(count) : : "memory");
  return to;
}
void *memmove(void *to, const void *from, size_t count) {
  if ((uintptr_t)to - (uintptr_t)from >= count) return memcpy(to, from, count);
  void *last = (char *)to + count - 1;
  from = (const char *)from + count - 1;
  __asm__ volatile("std; rep movsb; cld" : "+D"(last), "+S"(from), "+c"(count) : : "memory");
  return to;
}
void *memset(void *to, int byte, size_t count) {
  void *end = to;
  __asm__ volatile("rep stosb" : "+D"(end), "+c"(count) : "a"(byte) : "memory");
  return to;
}
int memcmp(const void *left, const void *right, size_t count) {
  const uint8_t *a = left, *b = right;
  for (; count >= 8; a += 8, b += 8, count -= 8) {
    uint64_t x, y;
    memcpy(&x, a, 8), memcpy(&y, b, 8);
    if (x != y) break;
  }
  for (; count > 0; a++, b++, count--) {
    if (*a != *b) return *a - *b;
  }
  return 0;
}
size_t strlen(const char *text) {
  size_t count = 0;
  while (text[count]) count++;
  return count;
}
/// For decimal numbers, which is what glibc's `atoi` leaves to it.
long strtol(const char *text, char **end, int base) {
  (void)end;
  long number = 0;
  while (*text) number = number * base + *text++ - '0';
  return number;
}
long sysconf(int name) { return name == _SC_PAGESIZE ? PAGE : -1; }

static uint64_t pages[MEMORY / PAGE] __attribute__((aligned(PAGE)));
static uintptr_t heap = HEAP;

void *mmap(void *at, size_t count, int protection, int flags, int file, off_t offset) {
  (void)at, (void)protection, (void)flags, (void)file, (void)offset;
  uintptr_t start = heap;
  heap += (count + PAGE - 1) / PAGE * PAGE;
  return heap <= MEMORY ? (void *)start : MAP_FAILED;
}
/// Takes pages away only.
int mprotect(void *at, size_t count, int protection) {
  if (protection != PROT_NONE) return -1;
  for (uintptr_t page = (uintptr_t)at; page < (uintptr_t)at + count; page += PAGE) {
    pages[page / PAGE] = 0;
    __asm__ volatile("invlpg (%0)" : : "r"(page) : "memory");
  }
  return 0;
}

struct frame {
  uint64_t instruction, segment, flags, stack, stack_segment;
};
#define HANDLER __attribute__((interrupt, target("general-regs-only"))) static void
HANDLER page_fault(struct frame *frame, uint64_t code) {
  uint64_t address;
  __asm__ volatile("mov %%cr2, %0" : "=r"(address));
  printf("page fault at %lx, address %lx, code %lx\n", frame->instruction, address, code);
  end(139);
}
HANDLER other_fault(struct frame *frame) {
  printf("exception at %lx (or, if it has a code, at %lx)\n", frame->instruction, frame->segment);
  end(132);
}

static uint64_t gates[32][2];
int main(int argc, char **argv);
extern char __bss_start[], _end[];

_Noreturn void start(void) __attribute__((section(".start")));
void start(void) {
  memset(__bss_start, 0, (size_t)(_end - __bss_start));
  for (int vector = 0; vector < 32; vector++) {
    uint64_t handler = vector == 14 ? (uint64_t)page_fault : (uint64_t)other_fault;
    gates[vector][0] = (handler & 0xffff) | 24 << 16 | 0x8e00ull << 32 | (handler >> 16 & 0xffff) << 48;
    gates[vector][1] = handler >> 32;
  }
  struct __attribute__((packed)) {
    uint16_t limit;
    void *gates;
  } pointer = {sizeof gates - 1, gates};
  __asm__ volatile("lidt %0" : : "m"(pointer));

  // Pages of 4 KiB instead of the ROM's large ones.
  uint64_t *directory = (uint64_t *)0x3000;
  for (uint64_t page = 0; page < MEMORY / PAGE; page++) pages[page] = page * PAGE | 3;
  for (uint64_t table = 0; table < 512; table++) {
    directory[table] = table < MEMORY / PAGE / 512 ? (uint64_t)(pages + table * 512) | 3 : 0;
  }
  __asm__ volatile("mov %0, %%cr3" : : "r"(0x1000ull) : "memory");

  out8(0x3fb, 0x80), out8(0x3f8, 1), out8(0x3f9, 0), out8(0x3fb, 3);  // 115200 baud, 8 bits
  char *arguments[] = {"harness", ROUNDS, NULL};
  end(main(2, arguments));
}
