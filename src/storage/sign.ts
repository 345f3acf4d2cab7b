/** What signs requests to an object storage with the S3 API: the `AwsClient` of `aws4fetch`, or anything with its `sign`. */
export type RequestSigner = {
  sign(
    url: string,
    init: {
      method: string;
      headers?: Record<string, string>;
      aws: { signQuery: true; allHeaders: true };
    },
  ): Promise<{ readonly url: string }>;
};

/** What `requestUpload` grants. */
export type UploadGrant = {
  readonly storageKey: string;
  readonly mimeType: string;
  readonly sizeBytes: string | number;
  readonly expiresAt: Date;
};

/** The request that whoever was granted an upload sends, with the bytes as its body. */
export type SignedUpload = {
  readonly method: 'PUT';
  readonly url: string;
  /** Sent exactly so: another type or size is refused. Browsers send the length by themselves. */
  readonly headers: { readonly 'content-type': string; readonly 'content-length': string };
};

/** Below the bucket's address, such as `https://files.example/merchants`. */
function addressOf(bucketUrl: string, storageKey: string, seconds: number): string {
  const key = storageKey.split('/').map(encodeURIComponent).join('/');
  const url = new URL(`${bucketUrl.replace(/\/$/, '')}/${key}`);
  url.searchParams.set('X-Amz-Expires', String(Math.max(1, Math.floor(seconds))));
  return url.href;
}

/** Signs the request that stores what was granted: of this key, type and size, and until the grant ends. */
export async function signUpload(
  signer: RequestSigner,
  bucketUrl: string,
  { storageKey, mimeType, sizeBytes, expiresAt }: UploadGrant,
): Promise<SignedUpload> {
  const headers = { 'content-type': mimeType, 'content-length': String(sizeBytes) };
  const address = addressOf(bucketUrl, storageKey, (expiresAt.getTime() - Date.now()) / 1000);
  const { url } = await signer.sign(address, {
    method: 'PUT',
    headers,
    aws: { signQuery: true, allHeaders: true },
  });
  return { method: 'PUT', url, headers };
}

/** The address to which a DELETE removes a stored file; for what `claimUnusedFiles` gives out. */
export async function signDeletion(
  signer: RequestSigner,
  bucketUrl: string,
  storageKey: string,
  seconds = 60,
): Promise<string> {
  const { url } = await signer.sign(addressOf(bucketUrl, storageKey, seconds), {
    method: 'DELETE',
    aws: { signQuery: true, allHeaders: true },
  });
  return url;
}

/** An address under which anybody may read a stored file for so many seconds; ask first who may see it. */
export async function signDownload(
  signer: RequestSigner,
  bucketUrl: string,
  storageKey: string,
  seconds = 300,
): Promise<string> {
  const { url } = await signer.sign(addressOf(bucketUrl, storageKey, seconds), {
    method: 'GET',
    aws: { signQuery: true, allHeaders: true },
  });
  return url;
}
