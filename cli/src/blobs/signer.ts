import type { UploadSigner } from '@dmcn/blob-store';
import type { Signer } from '@dmcn/chain-client';
import { signText } from '@dmcn/chain-client/cosmos';

/** Signs uploads with a key of the chain. */
export const uploadSigner = (signer: Signer): UploadSigner => ({
  sign: async (terms) => ({ account: signer.address, ...(await signText(signer, terms)) }),
});
