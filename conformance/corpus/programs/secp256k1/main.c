#include <secp256k1.h>
#include <secp256k1_ecdh.h>
#include <secp256k1_preallocated.h>
#include <string.h>
#include "../stdin.h"

/* The crate gives every name a prefix of its own, so that several versions can be linked. */
#define S(name) rustsecp256k1_v0_14_##name

/* Takes stdin as secret keys of 32 bytes: makes public keys, signs with each, verifies, agrees with the one before. */
int main(void) {
  size_t length;
  unsigned char *in = read_stdin(&length);
  unsigned flags = SECP256K1_CONTEXT_NONE;
  S(context) *context = S(context_preallocated_create)(malloc(S(context_preallocated_size)(flags)), flags);
  S(pubkey) public, previous;
  int good = 0, bad = 0;
  for (size_t at = 0; at + 32 <= length; at += 32) {
    const unsigned char *secret = in + at;
    if (!S(ec_pubkey_create)(context, &public, secret)) {
      puts("no key");
      bad++;
      continue;
    }
    unsigned char message[32], bytes[65];
    size_t size = 33;
    for (int i = 0; i < 32; i++) message[i] = secret[31 - i] ^ 0x5a;
    S(ec_pubkey_serialize)(context, bytes, &size, &public, SECP256K1_EC_COMPRESSED);
    print_hex("key", bytes, size);
    S(ecdsa_signature) signature;
    if (!S(ecdsa_sign)(context, &signature, message, secret, NULL, NULL)) return 2;
    S(ecdsa_signature_serialize_compact)(context, bytes, &signature);
    print_hex("signature", bytes, 64);
    if (!S(ecdsa_verify)(context, &signature, message, &public)) return 3;
    message[5] ^= 1;
    if (S(ecdsa_verify)(context, &signature, message, &public)) return 4;
    if (good++ > 0) {
      if (!S(ecdh)(context, bytes, &previous, secret, NULL, NULL)) return 5;
      print_hex("shared", bytes, 32);
    }
    previous = public;
  }
  printf("%d keys, %d refused\n", good, bad);
  return good == 0;
}
