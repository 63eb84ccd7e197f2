#include <blake3.h>
#include <string.h>
#include "../stdin.h"

/* Hashes stdin plain, with a key, for a derived key, and as a long stream from an offset. */
int main(void) {
  size_t length;
  unsigned char *in = read_stdin(&length), key[BLAKE3_KEY_LEN], out[1000];
  for (int i = 0; i < BLAKE3_KEY_LEN; i++) key[i] = i * 7;
  blake3_hasher plain, keyed, derived;
  blake3_hasher_init(&plain);
  blake3_hasher_init_keyed(&keyed, key);
  blake3_hasher_init_derive_key(&derived, "dmcn corpus 2026 derived key");
  for (size_t at = 0, step = 1; at < length; at += step, step = step * 3 % 5000 + 1) {
    size_t part = length - at < step ? length - at : step;
    blake3_hasher_update(&plain, in + at, part);
    blake3_hasher_update(&keyed, in + at, part);
  }
  blake3_hasher_update(&derived, in, length);
  blake3_hasher_finalize(&plain, out, BLAKE3_OUT_LEN);
  print_hex("plain", out, BLAKE3_OUT_LEN);
  blake3_hasher_finalize(&keyed, out, BLAKE3_OUT_LEN);
  print_hex("keyed", out, BLAKE3_OUT_LEN);
  blake3_hasher_finalize(&derived, out, BLAKE3_OUT_LEN);
  print_hex("derived", out, BLAKE3_OUT_LEN);
  blake3_hasher_finalize_seek(&plain, 12345, out, sizeof out);
  print_hex("stream", out, sizeof out);
  return length == 0;
}
