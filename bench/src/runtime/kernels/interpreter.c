// Branches: a byte code with a switch for each of its instructions, here the steps of Collatz sequences.
#include <stdint.h>
#include <stdio.h>

enum { LOAD, HALVE, TRIPLE, ODD, ONE, COUNT, JUMP, JUMP_UNLESS, NEXT, STOP };
enum { LAST = 180000 };

static const uint8_t program[] = {
    LOAD, ONE, JUMP_UNLESS, 7, NEXT, JUMP, 0, COUNT, ODD, JUMP_UNLESS, 14, TRIPLE, JUMP, 1, HALVE, JUMP, 1,
};

int main(void) {
  uint64_t value = 0, count = 0, n = 0;
  int flag = 0;
  for (const uint8_t *at = program;;) {
    switch (*at++) {
      case LOAD: value = ++n; break;
      case HALVE: value /= 2; break;
      case TRIPLE: value = value * 3 + 1; break;
      case ODD: flag = value & 1; break;
      case ONE: flag = value == 1; break;
      case COUNT: count++; break;
      case JUMP: at = program + *at; break;
      case JUMP_UNLESS: at = flag ? at + 1 : program + *at; break;
      case NEXT:
        if (n < LAST) break;
        printf("%llu\n", (unsigned long long)count);
        return 0;
      default: return 1;
    }
  }
}
