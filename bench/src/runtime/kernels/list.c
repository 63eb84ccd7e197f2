// Memory: a walk along a shuffled list of 2 MiB, each step waiting for the one before.
#include <stdint.h>
#include <stdio.h>

enum { N = 1 << 17, STEPS = 20000000 };

typedef struct Node {
  struct Node *next;
  uint32_t value, unused[2];
} Node;

static Node nodes[N];
static uint32_t order[N];

int main(void) {
  uint32_t state = 1;
  for (uint32_t i = 0; i < N; i++) order[i] = i;
  for (uint32_t i = N - 1; i > 0; i--) {
    state = state * 1664525u + 1013904223u;
    uint32_t j = state % i, other = order[j];
    order[j] = order[i], order[i] = other;
  }
  for (uint32_t i = 0; i < N; i++) nodes[order[i]] = (Node){&nodes[order[(i + 1) % N]], i, {0}};
  uint32_t sum = 0;
  Node *node = nodes;
  for (int i = 0; i < STEPS; i++) sum = sum * 31 + node->value, node = node->next;
  printf("%u\n", sum);
}
