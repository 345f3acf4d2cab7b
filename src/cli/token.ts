import { signToken, type TokenClaims } from '../operations/token.ts';
import { type Command, UserError } from './command.ts';
import { dataFolder, tokenSecret } from './data-folder.ts';

const roles: readonly string[] = ['member', 'buyer', 'anonymous'] satisfies TokenClaims['role'][];

export const token: Command = {
  summary: 'print a signed token for GraphQL, to try things out with',
  usage:
    'ccdb token --tenant ID [--role member|buyer|anonymous] [--subject SUBJECT] [--lifetime 12h] [--data FOLDER]',
  options: {
    tenant: { type: 'string' },
    role: { type: 'string', default: 'member' },
    subject: { type: 'string' },
    lifetime: { type: 'string', default: '12h' },
    data: { type: 'string' },
  },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb token --help`);
    const { tenant, role, subject, lifetime, data } = values as Record<string, string | undefined>;
    if (role === undefined || !roles.includes(role))
      throw new UserError(`--role is one of ${roles.join(', ')}`);
    if (role !== 'anonymous' && subject === undefined) throw new UserError(`a ${role} needs --subject`);
    if (tenant === undefined && role === 'anonymous') throw new UserError('a visitor needs --tenant');
    const secret = await tokenSecret(await dataFolder(data, env), env);
    const claims = { role: role as TokenClaims['role'], tenantId: tenant, subject };
    try {
      console.log(await signToken(claims, secret, lifetime ?? ''));
    } catch (cause) {
      throw new UserError(`--lifetime is a time like 30m or 12h, not "${lifetime}"`, { cause });
    }
  },
};
