// Integers: 64-bit multiplications, rotations and divisions of a random stream.
#include <stdint.h>
#include <stdio.h>

enum { TURNS = 90000000 };

int main(void) {
  uint64_t state = 88172645463325252u, sum = 0;
  for (uint32_t i = 1; i <= TURNS; i++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    uint64_t x = state * 0x9e3779b97f4a7c15u;
    sum += (x << 31 | x >> 33) ^ (x >> 40) % ((i & 1023) + 7);
  }
  printf("%016llx\n", (unsigned long long)sum);
}
