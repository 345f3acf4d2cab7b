/** A server of S3, for tests; it comes without types. */
declare module '@20minutes/s3rver' {
  export default class S3rver {
    constructor(options: {
      port: number;
      address: string;
      silent: boolean;
      directory: string;
      configureBuckets: { name: string }[];
    });
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  }
}

/** As much of it as the tests use. */
declare module 'aws4fetch' {
  export class AwsClient {
    constructor(options: { accessKeyId: string; secretAccessKey: string; service: string; region: string });
    sign(url: string, init: object): Promise<Request>;
  }
}
