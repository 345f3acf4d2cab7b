import { exchangeOf } from '../exchange.ts';

/** What HTTP asks of these answers (RFC 9110, 15.5.2 and 15.5.6). */
const headersOf: Record<number, Record<string, string>> = {
  401: { 'www-authenticate': 'Bearer' },
  405: { allow: 'POST' },
  503: { 'retry-after': '1' },
};

type Refusal = { errors?: { message: string; extensions?: Record<string, unknown> }[] };

/** A request that is refused before it is read as GraphQL has a code as well: too long, of another type … */
export const RefusalPlugin: GraphileConfig.Plugin = {
  name: 'CommerceRefusalPlugin',
  grafserv: {
    middleware: {
      async processRequest(next, { requestDigest }) {
        const result = await next();
        if (result?.type !== 'buffer') return result;
        if (exchangeOf(requestDigest.requestContext).isUnavailable) {
          return { ...result, statusCode: 503, headers: { ...result.headers, ...headersOf[503] } };
        }
        if (result.statusCode < 400) return result;
        if (!result.headers['content-type']?.startsWith('application/json')) return result;
        const { errors = [] } = JSON.parse(result.buffer.toString()) as Refusal;
        const code = result.statusCode < 500 ? 'INVALID_REQUEST' : 'INTERNAL';
        const coded = errors.map((error) => ({ ...error, extensions: { code, ...error.extensions } }));
        exchangeOf(requestDigest.requestContext).code ??= String(coded[0]?.extensions.code ?? code);
        const buffer = Buffer.from(JSON.stringify({ errors: coded }));
        const length = { 'content-length': String(buffer.length) };
        return {
          ...result,
          buffer,
          headers: { ...result.headers, ...headersOf[result.statusCode], ...length },
        };
      },
    },
  },
};
