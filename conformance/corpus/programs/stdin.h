#pragma once
#include <stdio.h>
#include <stdlib.h>

/* All of stdin, followed by a zero byte; its length without that byte goes to *length. */
static unsigned char *read_stdin(size_t *length) {
  size_t capacity = 1 << 16, used = 0;
  unsigned char *bytes = (unsigned char *)malloc(capacity + 1);
  while (bytes) {
    used += fread(bytes + used, 1, capacity - used, stdin);
    if (used < capacity) break;
    capacity *= 2;
    bytes = (unsigned char *)realloc(bytes, capacity + 1);
  }
  if (!bytes) exit(70);
  bytes[used] = 0;
  *length = used;
  return bytes;
}

static void print_hex(const char *name, const unsigned char *bytes, size_t length) {
  printf("%s ", name);
  for (size_t i = 0; i < length; i++) printf("%02x", bytes[i]);
  putchar('\n');
}

/* FNV-1a: enough to see any difference. */
static unsigned digest(const void *bytes, size_t length) {
  const unsigned char *at = (const unsigned char *)bytes;
  unsigned sum = 2166136261u;
  for (size_t i = 0; i < length; i++) sum = (sum ^ at[i]) * 16777619u;
  return sum;
}
