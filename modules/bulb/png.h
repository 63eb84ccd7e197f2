/* A whole PNG of 8-bit RGB pixels, its data stored in deflate's uncompressed blocks. */
#ifndef PNG_H
#define PNG_H
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STORED_MAX 65535u

static uint32_t png_crc(uint32_t crc, const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return crc;
}

static void png_u32(uint8_t *to, uint32_t value) {
  for (int i = 0; i < 4; i++) to[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void png_chunk(FILE *out, const char *type, const uint8_t *data, uint32_t length) {
  uint8_t head[8], tail[4];
  png_u32(head, length);
  memcpy(head + 4, type, 4);
  png_u32(tail, ~png_crc(png_crc(~0u, head + 4, 4), data, length));
  fwrite(head, 1, sizeof head, out);
  fwrite(data, 1, length, out);
  fwrite(tail, 1, sizeof tail, out);
}

/* Zlib's wrapping of `raw` without compression; gives the length written to `to`. */
static uint32_t png_store(uint8_t *to, const uint8_t *raw, uint32_t length) {
  uint8_t *at = to;
  uint32_t a = 1, b = 0;
  *at++ = 0x78;
  *at++ = 0x01;
  for (uint32_t done = 0; done < length;) {
    uint32_t part = length - done < STORED_MAX ? length - done : STORED_MAX;
    *at++ = done + part == length;
    *at++ = (uint8_t)part;
    *at++ = (uint8_t)(part >> 8);
    *at++ = (uint8_t)~part;
    *at++ = (uint8_t)(~part >> 8);
    memcpy(at, raw + done, part);
    at += part;
    done += part;
  }
  for (uint32_t i = 0; i < length; i++) {
    a = (a + raw[i]) % 65521;
    b = (b + a) % 65521;
  }
  png_u32(at, b << 16 | a);
  return (uint32_t)(at + 4 - to);
}

/* Writes `rows`: height rows, each a 0 (no filter) and 3*width bytes. Returns 0, or -1 when memory or `out` fails. */
static int png_write(FILE *out, uint32_t width, uint32_t height, const uint8_t *rows) {
  static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  uint32_t length = (3 * width + 1) * height;
  uint8_t *data = malloc(length + 5 * (length / STORED_MAX + 1) + 6);
  if (!data) return -1;
  uint8_t header[13] = {[8] = 8, [9] = 2};
  png_u32(header, width);
  png_u32(header + 4, height);
  fwrite(signature, 1, sizeof signature, out);
  png_chunk(out, "IHDR", header, sizeof header);
  png_chunk(out, "IDAT", data, png_store(data, rows, length));
  png_chunk(out, "IEND", NULL, 0);
  free(data);
  return fflush(out) ? -1 : 0;
}

#endif
