// Integers: the rounds of SHA-256 with other constants, over a buffer again and again.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { ROUNDS = 64, BLOCK = 64, BYTES = 1 << 16, TURNS = 900 };

static uint32_t constants[ROUNDS];
static uint8_t text[BYTES];

static uint32_t rotate(uint32_t x, int by) { return x >> by | x << (32 - by); }

static void compress(uint32_t state[8], const uint8_t *block) {
  uint32_t w[ROUNDS];
  for (int i = 0; i < 16; i++)
    w[i] = (uint32_t)block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3];
  for (int i = 16; i < ROUNDS; i++) {
    uint32_t a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] + (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < ROUNDS; i++) {
    uint32_t t = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i];
    uint32_t u = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t, d = c, c = b, b = a, a = t + u;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

int main(void) {
  uint32_t state[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  for (uint32_t i = 0; i < ROUNDS; i++) constants[i] = (i + 1) * 2654435761u;
  for (uint32_t i = 0; i < BYTES; i++) text[i] = i * 2654435761u >> 24;
  for (int turn = 0; turn < TURNS; turn++)
    for (int at = 0; at < BYTES; at += BLOCK) compress(state, text + at);
  for (int i = 0; i < 8; i++) printf("%08x", state[i]);
  puts("");
}
