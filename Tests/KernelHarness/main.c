// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// The kernels beside their portable ones, on a machine that has others than the one that the Swift tests run
// on: scripts/check-neon and scripts/check-avx512 run this under emulators. Input and output end at guard
// pages. An argument is the number of texts to try, for an emulator that is slow.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "CByteKernels.h"

enum { LONGEST = 1024, LARGE = (12 << 20) + 3003, LARGE_OUTPUT = LARGE / 3 * 4 };

static uint64_t seed = 1;

static uint64_t next_random(void) {
  uint64_t z = seed += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

/// The end of `count` bytes that a page that cannot be touched follows.
static uint8_t *guarded(size_t count) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE), inside = (count / page + 1) * page;
  uint8_t *start = mmap(NULL, inside + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED || mprotect(start + inside, page, PROT_NONE) != 0) abort();
  return start + inside;
}

static uint8_t *in_end, *out_end, *expected_end;

/// All whole groups up to the longest, at all alignments: behind each other the last `slack` bytes stay
/// unused.
static long check_base64(cb64_kernel kernel) {
  long wrong = 0;
  for (size_t count = 0; count <= LONGEST / 3 * 3; count += 3) {
    for (size_t slack = 0; slack < 64; slack++) {
      size_t written = count / 3 * 4;
      uint8_t *in = in_end - count - slack, *out = out_end - written;
      for (size_t i = 0; i < count; i++) in[i] = (uint8_t)next_random();
      cb64_encode(CB64_PORTABLE, in, count, expected_end - written);
      memset(out - 16, '.', written + 16);
      cb64_encode(kernel, in, count, out);
      if (memcmp(out, expected_end - written, written) != 0 || memcmp(out - 16, "................", 16) != 0) wrong++;
      // And the other way round: the input at the guard page, the output moved.
      memmove(in_end - count, in, count);
      out -= slack;
      memset(out - 16, '.', written + 16 + slack);
      cb64_encode(kernel, in_end - count, count, out);
      if (memcmp(out, expected_end - written, written) != 0 || memcmp(out - 16, "................", 16) != 0) wrong++;
      for (size_t i = 0; i < slack; i++) wrong += out[written + i] != '.';
    }
  }
  return wrong;
}

/// Larger than a first-level cache, and so large that the output is stored past the caches: kernels have
/// other ways there.
static long check_large_base64(cb64_kernel kernel) {
  long wrong = 0;
  for (size_t i = 0; i < LARGE; i++) (in_end - LARGE)[i] = (uint8_t)(i * 167 + (i >> 8));
  const size_t counts[] = {33 << 10, (33 << 10) + 189, LARGE}, slacks[] = {0, 4, 20, 31};
  for (size_t c = 0; c < 3; c++) {
    size_t count = counts[c] / 3 * 3, written = count / 3 * 4;
    cb64_encode(CB64_PORTABLE, in_end - count, count, expected_end - written);
    for (size_t s = 0; s < 4; s++) {
      uint8_t *out = out_end - written - slacks[s];
      memset(out - 16, '.', written + 16 + slacks[s]);
      cb64_encode(kernel, in_end - count, count, out);
      if (memcmp(out, expected_end - written, written) != 0 || memcmp(out - 16, "................", 16) != 0) wrong++;
      for (size_t i = 0; i < slacks[s]; i++) wrong += out[written + i] != '.';
    }
  }
  return wrong;
}

/// Streams in random pieces, past the caches, to outputs at all alignments.
static long check_base64_pieces(cb64_kernel kernel, int rounds) {
  long wrong = 0;
  for (int round = 0; round < rounds; round++) {
    size_t count = next_random() % 12000, done = 0, slack = next_random() % 64, longest = 1 + next_random() % 4000;
    uint8_t *in = in_end - LARGE + next_random() % 1000, *out = out_end - count / 3 * 4 - 4 - slack, *end = out;
    memset(out - 16, '.', (size_t)(out_end - out) + 16);
    cb64_stream stream = {.kernel = kernel}, whole = {.kernel = CB64_PORTABLE};
    cb64_line line = {0};
    while (done < count) {
      size_t length = next_random() % (longest + 1);
      if (length > count - done) length = count - done;
      memcpy(in_end - length, in + done, length);
      end += cb64_stream_encode_past(&stream, &line, in_end - length, length, end);
      done += length;
    }
    end += cb64_stream_finish_past(&stream, &line, end);
    cb64_fence();
    wrong += stream.carried != 0 || line.count != 0;  // it can begin anew
    uint8_t *expected = expected_end - LARGE;
    size_t written = cb64_stream_encode(&whole, in, count, expected);
    written += cb64_stream_finish(&whole, expected + written);
    wrong += (size_t)(end - out) != written || memcmp(out, expected, written) != 0;
    wrong += memcmp(out - 16, "................", 16) != 0;
    for (; end < out_end; end++) wrong += *end != '.';
  }
  return wrong;
}

static const char *const pieces[] = {
    "plain text ", "x", "\"", "\\", "\n", "\t", "\x01", "\x1f", "\x7f",
    "\xc3\xa9", "\xdf\xbf", "\xe0\xa0\x80", "\xe4\xb8\xad",
    "\xed\x9f\xbf", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf",
};
static const uint8_t strays[] = {
    0x00, 0x07, 0x08, 0x0b, 0x0c, 0x0d, 0x0e, 0x10, 0x20, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f,
    0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xe0, 0xed, 0xee, 0xf0, 0xf3, 0xf4, 0xf5, 0xff,
};

static size_t make_text(uint8_t *text, size_t limit) {
  // From all pieces alike to hardly another than the favourite.
  size_t count = 0, favourite = next_random() % 18, noise = 1 + next_random() % 60;
  while (count < limit) {
    const char *piece = pieces[next_random() % noise ? favourite : next_random() % 18];
    size_t length = strlen(piece);
    if (count + length > limit) break;
    memcpy(text + count, piece, length);
    count += length;
  }
  for (uint64_t changes = next_random() % 3; changes > 0 && count > 0; changes--) {
    text[next_random() % count] = strays[next_random() % sizeof strays];
  }
  return count;
}

static long check_text(ctext_kernel kernel, int rounds) {
  static uint8_t text[LONGEST];
  long wrong = 0, texts = 0;
  for (int round = 0; round < rounds; round++) {
    size_t count = make_text(text, next_random() % (round % 3 ? 150 : LONGEST));
    uint8_t *in = in_end - count, *out = out_end - 6 * count, *expected = expected_end - 6 * count;
    memcpy(in, text, count);
    ctext_state s0 = {0}, s1 = {0}, s2 = {0};
    ptrdiff_t expected_count = ctext_escape(CTEXT_PORTABLE, &s0, in, count, expected);
    // Cut in two at a random place.
    size_t cut = next_random() % (count + 1);
    ptrdiff_t written = ctext_escape(kernel, &s1, in, cut, out);
    if (written >= 0) {
      ptrdiff_t more = ctext_escape(kernel, &s1, in + cut, count - cut, out + written);
      written = more < 0 ? more : written + more;
    }
    bool text_seen = ctext_scan(kernel, &s2, in, count);
    texts += written >= 0;
    wrong += written != expected_count || text_seen != (written >= 0) || s1.place != s0.place || s2.place != s0.place;
    if (written >= 0) {
      wrong += written == expected_count && memcmp(out, expected, (size_t)written) != 0;
      wrong += s1.supplementary != s0.supplementary || s2.supplementary != s0.supplementary;
    }
  }
  if (texts < rounds / 10 || texts > rounds / 10 * 9) printf("one-sided: %ld of %d are text\n", texts, rounds);
  return wrong;
}

/// Random texts of few letters, and of random strings of three bytes what passes.
static long check_find(int rounds) {
  long wrong = 0;
  for (int round = 0; round < rounds; round++) {
    size_t count = next_random() % 300, strings = 1 + next_random() % 12, letters = 2 + next_random() % 250;
    uint8_t *in = in_end - count;
    for (size_t i = 0; i < count; i++) in[i] = (uint8_t)(next_random() % letters);
    cfind_filter filter;
    memset(&filter, 0, sizeof filter);
    for (size_t string = 0; string < strings; string++) {
      for (int i = 0; i < CFIND_WIDTH; i++) {
        uint8_t byte = (uint8_t)(next_random() % letters);
        filter.low[i][byte & 15] |= (uint8_t)(1 << string % 8);
        filter.high[i][byte >> 4] |= (uint8_t)(1 << string % 8);
      }
    }
    for (size_t from = 0; from <= count + 3; from++) {
      size_t place = from;
      for (; place + CFIND_WIDTH <= count; place++) {
        uint8_t groups = 0xff;
        for (int i = 0; i < CFIND_WIDTH; i++) {
          groups &= filter.low[i][in[place + i] & 15] & filter.high[i][in[place + i] >> 4];
        }
        if (groups) break;
      }
      wrong += cfind_next(&filter, in, from, count) != (place + CFIND_WIDTH <= count ? place : count);
    }
  }
  return wrong;
}

/// Random commands, some of them wrong, beside the simplest loop that understands them.
static long check_delta(int rounds) {
  static uint8_t commands[LONGEST], expected[LONGEST * 300];
  long wrong = 0, whole = 0;
  for (int round = 0; round < rounds; round++) {
    size_t base_count = next_random() % 300, command_count = 0, made = 0;
    bool odd = next_random() % 4 == 0, valid = true;
    uint8_t *base = in_end - base_count;
    for (size_t i = 0; i < base_count; i++) base[i] = (uint8_t)next_random();
    for (int n = (int)(next_random() % 12); n > 0; n--) {
      if (next_random() % 2) {
        size_t length = 1 + next_random() % 40;
        commands[command_count++] = (uint8_t)length;
        for (size_t i = 0; i < length; i++) expected[made++] = commands[command_count++] = (uint8_t)next_random();
      } else if (base_count > 0) {
        size_t start = next_random() % base_count, length = 1 + next_random() % (base_count - start);
        if (next_random() % 2 && length > 30) length = 1 + next_random() % 30;
        commands[command_count++] = (uint8_t)(0xb3);
        commands[command_count++] = (uint8_t)start, commands[command_count++] = (uint8_t)(start >> 8);
        commands[command_count++] = (uint8_t)length, commands[command_count++] = (uint8_t)(length >> 8);
        memcpy(expected + made, base + start, length);
        made += length;
      }
    }
    size_t count = made;
    if (odd) {
      // Whatever it says, nothing outside is touched: the guard pages see to that.
      valid = false;
      if (command_count > 0) commands[next_random() % command_count] = (uint8_t)next_random();
      if (next_random() % 2) count = next_random() % (made + 20);
      if (command_count > 0 && next_random() % 2) command_count -= next_random() % command_count;
    }
    uint8_t *in = expected_end - command_count, *out = out_end - count - CDELTA_SLACK;
    memcpy(in, commands, command_count);
    memset(out - 16, '.', 16);
    bool is_whole = cdelta_apply(in, command_count, base, base_count, out, count);
    wrong += memcmp(out - 16, "................", 16) != 0;
    if (valid) wrong += !is_whole || memcmp(out, expected, count) != 0;
    whole += is_whole;
  }
  if (whole < rounds / 2) printf("one-sided: %ld of %d deltas are whole\n", whole, rounds);
  return wrong;
}

/// Sums of random bytes, of the highest, and of long texts.
static long check_adler32(int rounds) {
  long wrong = 0;
  for (int round = 0; round < rounds; round++) {
    size_t count = next_random() % (round % 50 ? 400 : 40000);
    uint8_t *in = in_end - count, all = (uint8_t)(next_random() % 3 ? 0xff : 0);
    for (size_t i = 0; i < count; i++) in[i] = (uint8_t)next_random() | all;
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < count; i++) a = (a + in[i]) % 65521, b = (b + a) % 65521;
    wrong += cadler32(in, count) != (b << 16 | a);
  }
  return wrong;
}

int main(int argc, char **argv) {
  int texts = argc > 1 ? atoi(argv[1]) : 200000;
  in_end = guarded(LARGE + 128), out_end = guarded(LARGE_OUTPUT + 128), expected_end = guarded(LARGE_OUTPUT + 128);
  long wrong = 0;
  for (cb64_kernel kernel = CB64_PORTABLE; kernel <= CB64_NEON; kernel++) {
    if (!cb64_can_run(kernel)) continue;
    long found = check_base64(kernel) + check_large_base64(kernel) + check_base64_pieces(kernel, texts / 100);
    printf("base64 kernel %d%s: %ld differences\n", kernel, kernel == cb64_best_kernel() ? " (chosen)" : "", found);
    wrong += found;
  }
  for (ctext_kernel kernel = CTEXT_PORTABLE; kernel <= CTEXT_NEON; kernel++) {
    if (!ctext_can_run(kernel)) continue;
    long found = check_text(kernel, texts);
    printf("text kernel %d%s: %ld differences\n", kernel, kernel == ctext_best_kernel() ? " (chosen)" : "", found);
    wrong += found;
  }
  long found = check_find(texts / 100), applied = check_delta(texts / 10), summed = check_adler32(texts / 100);
  printf("find%s: %ld differences\ndelta: %ld\nadler32: %ld\n", cfind_is_fast() ? "" : " (slow)", found, applied, summed);
  return wrong + found + applied + summed != 0;
}
