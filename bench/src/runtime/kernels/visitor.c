// Calls: a tree of expressions evaluated through function pointers.
#include <stdint.h>
#include <stdio.h>

enum { NODES = 4095, TURNS = 15000 };

typedef struct Node Node;
struct Node {
  uint32_t (*value)(const Node *, uint32_t);
  const Node *left, *right;
  uint32_t constant;
};

static Node nodes[NODES];

static uint32_t constant(const Node *node, uint32_t x) { return node->constant + x; }
static uint32_t sum(const Node *node, uint32_t x) { return node->left->value(node->left, x) + node->right->value(node->right, x); }
static uint32_t product(const Node *node, uint32_t x) { return node->left->value(node->left, x) * node->right->value(node->right, x + 1); }
static uint32_t difference(const Node *node, uint32_t x) { return node->left->value(node->left, x ^ 1) - node->right->value(node->right, x); }

int main(void) {
  uint32_t (*const kinds[])(const Node *, uint32_t) = {sum, product, difference};
  uint32_t state = 1, total = 0;
  for (int i = 0; i < NODES; i++) {
    int leaf = 2 * i + 2 >= NODES;
    state = state * 1664525u + 1013904223u;
    nodes[i] = leaf ? (Node){constant, 0, 0, state >> 8} : (Node){kinds[(state >> 8) % 3], &nodes[2 * i + 1], &nodes[2 * i + 2], 0};
  }
  for (uint32_t turn = 0; turn < TURNS; turn++) total = total * 31 + nodes->value(nodes, turn);
  printf("%u\n", total);
}
