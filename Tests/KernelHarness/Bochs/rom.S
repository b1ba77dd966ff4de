# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors

# What stands where a BIOS would, in the last 4 KiB below 1 MiB: from the reset to 64-bit mode, with the first GiB of
# memory mapped as it lies and all vector registers enabled. Then `start` of machine.c, at 1 MiB.

  .set BASE, 0xff000
  .set TABLES, 0x1000
  .code16
rom:
  cli
  lgdtl %cs:(table_pointer - rom + 0xf000)
  movl %cr0, %eax
  orb $1, %al
  movl %eax, %cr0
  ljmpl $8, $(BASE + protected - rom)
  .code32
protected:
  movw $16, %ax
  movw %ax, %ds
  movw %ax, %es
  movw %ax, %ss
  movb $2, %al
  outb %al, $0x92                     # address line 20
  movl $TABLES, %edi
  xorl %eax, %eax
  movl $0x3000 / 4, %ecx
  cld
  rep stosl
  movl $TABLES + 0x1003, TABLES
  movl $TABLES + 0x2003, TABLES + 0x1000
  movl $TABLES + 0x2000, %edi
  movl $0x83, %eax                    # 2 MiB, present, writable
1:
  movl %eax, (%edi)
  addl $8, %edi
  addl $0x200000, %eax
  cmpl $0x40000083, %eax
  jne 1b
  movl $TABLES, %eax
  movl %eax, %cr3
  movl $0x40620, %eax                 # PAE, OSFXSR, OSXMMEXCPT, OSXSAVE
  movl %eax, %cr4
  movl $0xc0000080, %ecx
  movl $0x100, %eax                   # long mode
  xorl %edx, %edx
  wrmsr
  movl $0x80010033, %eax              # paging, write protection, floating point
  movl %eax, %cr0
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl $0xe7, %eax                    # XCR0: x87, XMM, YMM, mask registers, ZMM
  xsetbv
  ljmpl $24, $(BASE + long_mode - rom)
  .code64
long_mode:
  movl $0x80000, %esp
  call *entry(%rip)
  .balign 8
entry: .quad 0x100000
table:
  .quad 0, 0x00cf9a000000ffff, 0x00cf92000000ffff, 0x00af9a000000ffff
table_pointer:
  .word 31
  .long BASE + table - rom
  .org 0xff0
  .code16
  .byte 0xea                          # the reset vector: a far jump to f000:f000
  .word 0xf000, 0xf000
  .org 0x1000
