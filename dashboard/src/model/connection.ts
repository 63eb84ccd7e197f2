interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
}

/** The rows of a connection's page. */
export const nodes = <Node>({ edges }: Connection<Node>): readonly Node[] => edges.map(({ node }) => node);
