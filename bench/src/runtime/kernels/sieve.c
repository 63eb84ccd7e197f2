// Memory: the sieve of Eratosthenes over 4 MiB of bytes.
#include <stdio.h>
#include <string.h>

enum { N = 4 << 20, TURNS = 25 };

static unsigned char composite[N];

int main(void) {
  unsigned count = 0;
  for (int turn = 0; turn < TURNS; turn++) {
    memset(composite, 0, N);
    for (unsigned i = 2; i < N; i++) {
      if (composite[i]) continue;
      count++;
      for (unsigned long long j = (unsigned long long)i * i; j < N; j += i) composite[j] = 1;
    }
  }
  printf("%u\n", count);
}
