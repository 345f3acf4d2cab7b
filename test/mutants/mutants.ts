import type pg from 'pg';

/** One alteration of a migrated database, and the tests that claim what it alters. */
export type Mutant = {
  readonly kind: string;
  readonly name: string;
  readonly sql: string;
  readonly tests: readonly string[];
  /** Narrows those tests to the table in question (TEST_TABLE). */
  readonly table?: string;
  /** The test of that name runs first. */
  readonly about?: string;
  /** Takes the alteration back: that is quicker than another copy where the test `about`, or its file, leaves no trace. */
  readonly undo?: string;
};

const rightsTest = 'test/rights/rights.test.ts';
const functionsTest = 'test/rights/functions.test.ts';
const limitsTest = 'test/rights/limits.test.ts';
/** Whose tests take back all that they do. */
export const traceless: readonly string[] = [limitsTest];
const isolationTest = 'test/policies/isolation.test.ts';
const checksTest = 'test/schema/checks.test.ts';
const invariantsTest = 'test/schema/invariants.test.ts';
const machinesTest = 'test/functions/state_machines.test.ts';

type Row = Record<string, string>;
const rowsOf = async (client: pg.Pool, sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows;

/** Whose tests a policy of machinery is claimed by, by its name. */
const machinery: Record<string, string[]> = {
  all_definer: [
    functionsTest,
    'test/queries/queries.test.ts',
    'test/functions/receive_message.test.ts',
    'test/functions/place_order.test.ts',
    'test/functions/storefront_publish.test.ts',
    'test/functions/conversations.test.ts',
  ],
  all_system: ['test/functions/late_money.test.ts'],
  all_purge: ['test/functions/purge_deleted.test.ts'],
  select_system: [
    'test/functions/sessions.test.ts',
    'test/functions/jobs.test.ts',
    'test/queries/queries.test.ts',
    'test/functions/money_histories.test.ts',
  ],
  update_system: ['test/functions/tenant_status.test.ts', 'test/tables/team_members.test.ts'],
};

/** The test of rights.test.ts that asks what a policy of this name says, and leaves no trace. */
const asksFor: [RegExp, string][] = [
  [/^select_(member|all)$/, 'staff see what their permissions give'],
  [/^select_(buyer|anonymous)$/, 'sellers, shoppers and visitors see their own and what is public'],
  [/^insert_/, 'adding'],
  [/^update_(member|buyer)$/, 'changing and removing'],
  [
    /^select_(worker|platform)$/,
    'machines and administrators see every row of their merchant, and write none',
  ],
  [
    /_definer$|^all_purge$|_system$/,
    'owners of functions see what is written, and nothing without a session',
  ],
];

async function policies(client: pg.Pool): Promise<Mutant[]> {
  const found = await rowsOf(
    client,
    `select p.polname as name, c.relname as table, p.polpermissive::text as permissive,
            format('as %s for %s to %s', case when p.polpermissive then 'permissive' else 'restrictive' end,
                   case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                                 when 'd' then 'delete' else 'all' end,
                   (select string_agg(r::regrole::text, ', ') from unnest(p.polroles) as r)) as kind,
            coalesce(pg_get_expr(p.polqual, p.polrelid), '') as using,
            coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') as check
       from pg_policy p join pg_class c on c.oid = p.polrelid
      where c.relnamespace = 'commerce'::regnamespace order by c.relname, p.polname`,
  );
  return found.flatMap(({ name = '', table = '', permissive, kind, using, check }) => {
    const tests =
      permissive === 'true'
        ? [rightsTest, ...(machinery[name] ?? [])]
        : [...(name === 'tenant_definer' ? [rightsTest] : []), isolationTest];
    const on = `${name} on commerce.${table}`;
    const loosened = [using && 'using (true)', check && 'with check (true)'].filter(Boolean).join(' ');
    const isLoose = [using, check].every((part) => part === '' || part === 'true');
    const clauses = [using && `using (${using})`, check && `with check (${check})`].filter(Boolean).join(' ');
    const about = tests.includes(rightsTest)
      ? asksFor.find(([pattern]) => pattern.test(name))?.[1]
      : undefined;
    const one = { tests, table, ...(about && { about }) };
    const altered = { ...one, ...(about && { undo: `alter policy ${on} ${clauses}` }) };
    return [
      {
        ...one,
        ...(about && { undo: `create policy ${on} ${kind} ${clauses}` }),
        kind: 'policy dropped',
        name: on,
        sql: `drop policy ${on}`,
      },
      ...(isLoose
        ? []
        : [{ ...altered, kind: 'policy loosened', name: on, sql: `alter policy ${on} ${loosened}` }]),
      ...[
        ...new Set(
          [...`${using} ${check}`.matchAll(/(?:has_permission|must_have)\('([\w.]+)'/g)].map(
            ([, code]) => code,
          ),
        ),
      ].map((code = '') => {
        const other = code === 'reports.read' ? 'audit.read' : 'reports.read';
        const swap = (part: string) => part.replaceAll(`'${code}'`, `'${other}'`);
        return {
          ...altered,
          kind: 'permission of a policy',
          name: `${on}: ${code}`,
          sql: `alter policy ${on} ${swap(clauses)}`,
        };
      }),
    ];
  });
}

/** Functions of ours whose text matches, each with every place altered by itself. */
async function functions(
  client: pg.Pool,
  kind: string,
  pattern: RegExp,
  alter: (found: string, groups: string[]) => string | null,
  tests: (name: string) => string[],
): Promise<Mutant[]> {
  const found = await rowsOf(
    client,
    `select p.oid::regprocedure::text as name, p.proname as short, pg_get_functiondef(p.oid) as text
       from pg_proc p where p.pronamespace in ('api'::regnamespace, 'internal'::regnamespace) and p.prokind = 'f'
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
        -- Made of CHECK constraints, which have mutants of their own.
        and p.proname !~ '__faults$'
      order by 1`,
  );
  return found.flatMap(({ name = '', short = '', text = '' }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const altered = alter(match[0], match.slice(1));
      if (altered === null || altered === match[0]) return [];
      const sql = text.slice(0, match.index) + altered + text.slice(match.index + match[0].length);
      const claims = tests(short);
      const one = { kind, name: `${name}: ${match[0]} → ${altered}`, sql, tests: claims, about: short };
      return [claims.some((test) => traceless.includes(test)) ? { ...one, undo: text } : one];
    }),
  );
}

async function permissionChecks(client: pg.Pool): Promise<Mutant[]> {
  const claimed = () => [
    functionsTest,
    machinesTest,
    'test/functions/team.test.ts',
    'test/functions/threads.test.ts',
    'test/functions/products_import.test.ts',
  ];
  return [
    ...(await functions(
      client,
      'permission check removed',
      /internal\.require_permission\([^)]*\)/g,
      () => 'internal.require_tenant()',
      claimed,
    )),
    ...(await functions(
      client,
      'permission check of another',
      /(require_permission|storefront_for_update)\('([\w.]+)'/g,
      (_, [call, code]) => `${call}('${code === 'reports.read' ? 'audit.read' : 'reports.read'}'`,
      claimed,
    )),
    ...(await functions(
      client,
      'ownership check removed',
      /\(v_own_id is null or [\w.]+ = v_own_id\)|\w+\.user_id = v_user_id|\w+\.(?:customer_id|seller_id) = internal\.(?:customer_id|seller_id)\(\)/g,
      () => 'true',
      () => [functionsTest, rightsTest, 'test/functions/kyc.test.ts', 'test/functions/profile.test.ts'],
    )),
  ];
}

async function checks(client: pg.Pool): Promise<Mutant[]> {
  const found = await rowsOf(
    client,
    `select c.relname as table, k.conname as name, pg_get_expr(k.conbin, k.conrelid) as rule
       from pg_constraint k join pg_class c on c.oid = k.conrelid
      where k.contype = 'c' and k.connamespace = 'commerce'::regnamespace order by 1, 2`,
  );
  return found.flatMap(({ table = '', name = '', rule = '' }) => {
    const without = `alter table commerce.${table} drop constraint ${name}`;
    const put = (altered: string) =>
      `${without}; alter table commerce.${table} add constraint ${name} check (${altered}) not valid`;
    const undo = `alter table commerce.${table} drop constraint if exists ${name};
      alter table commerce.${table} add constraint ${name} check (${rule}) not valid`;
    const one = { tests: [checksTest], about: table, undo };
    // Each number one up and one down, each comparison a little wider, and each set with one member more or less.
    const bounds = [...rule.matchAll(/(?<![\w'[{,])-?\d+(?![\w'\]},])/g)].flatMap((number) =>
      [1, -1].map((by) => {
        const altered =
          rule.slice(0, number.index) +
          (Number(number[0]) + by) +
          rule.slice(number.index + number[0].length);
        return {
          ...one,
          kind: 'bound',
          name: `${name}: ${number[0]} ${by > 0 ? '+' : '-'} 1`,
          sql: put(altered),
        };
      }),
    );
    const comparisons = [...rule.matchAll(/(?<= )(=|<|>|<=|>=)(?= \(?\d)/g)].map((sign) => {
      const wider = { '=': '<=', '<': '<=', '>': '>=', '<=': '<', '>=': '>' }[sign[0]] as string;
      const altered = rule.slice(0, sign.index) + wider + rule.slice(sign.index + sign[0].length);
      return { ...one, kind: 'bound', name: `${name}: ${sign[0]} → ${wider}`, sql: put(altered) };
    });
    const more = rule.replace("ARRAY['", "ARRAY['unheard_of'::text, '");
    const fewer = rule.replace(/ARRAY\['\w+'::text, /, 'ARRAY[');
    const sets =
      rule.includes('ANY (ARRAY[') && name.endsWith('_set')
        ? [more, fewer].map((altered) => ({
            ...one,
            kind: 'closed set',
            name: `${name}: ${altered === more ? 'one more' : 'one fewer'}`,
            sql: put(altered),
          }))
        : [];
    return [{ ...one, kind: 'check dropped', name, sql: without }, ...bounds, ...comparisons, ...sets];
  });
}

async function triggers(client: pg.Pool): Promise<Mutant[]> {
  const found = await rowsOf(
    client,
    `select t.tgname as name, c.oid::regclass::text as table
       from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not t.tgisinternal and t.tgparentid = 0 and c.relnamespace::regnamespace::text in ('commerce', 'api', 'audit')
      order by 2, 1`,
  );
  return found.map(({ name = '', table = '' }) => ({
    kind: 'trigger dropped',
    name: `${name} on ${table}`,
    sql: `drop trigger ${name} on ${table}`,
    about: table.replace(/^\w+\./, ''),
    tests: [
      invariantsTest,
      ...(table.startsWith('api.') ? [rightsTest] : []),
      ...(/^_(300)/.test(name) ? [machinesTest] : []),
      ...new Set(
        claimedTriggers.filter(([pattern]) => pattern.test(`${table}.${name}`)).flatMap(([, tests]) => tests),
      ),
    ],
    ...(table.startsWith('api.') ? { table: table.slice(4) } : {}),
  }));
}

/** Who claims a trigger, by its table and name. */
const claimedTriggers: [RegExp, string[]][] = [
  [/_990_faults/, [checksTest]],
  [/plan_limit/, ['test/functions/plan_limits.test.ts']],
  [/_800_live/, ['test/graphql/subscriptions.test.ts']],
  [/_500_free_upload/, ['test/storage/uploads.test.ts', 'test/functions/purge_deleted.test.ts']],
  [/_020_content/, ['test/functions/erase_message.test.ts', 'test/functions/webhooks.test.ts']],
  [/order_items|orders/, ['test/functions/order_lines.test.ts', 'test/functions/place_order.test.ts']],
  [
    /payment|refund|money|credit|allocat|adjust_order/,
    [
      'test/functions/money_histories.test.ts',
      'test/functions/late_money.test.ts',
      'test/functions/cancel_order.test.ts',
    ],
  ],
  [
    /team_members|role_permission/,
    ['test/tables/team_members.test.ts', 'test/functions/sessions.test.ts', 'test/functions/team.test.ts'],
  ],
  [
    /tenant/,
    [
      'test/functions/tenant_status.test.ts',
      'test/functions/storefront_publish.test.ts',
      'test/functions/mechanics.test.ts',
    ],
  ],
  [/storefront/, ['test/tables/storefront.test.ts', 'test/functions/storefront_publish.test.ts']],
  [/channel/, ['test/functions/connect_channel.test.ts']],
  [
    /conversation/,
    [
      'test/functions/receipts.test.ts',
      'test/functions/receive_message.test.ts',
      'test/functions/threads.test.ts',
    ],
  ],
  [
    /users|buyer_profile|seller_profile|customer/,
    [
      'test/functions/mechanics.test.ts',
      'test/functions/sessions.test.ts',
      'test/tables/customer.test.ts',
      'test/functions/profile.test.ts',
      'test/tables/products.test.ts',
    ],
  ],
  [/./, ['test/functions/mechanics.test.ts']],
];

async function transitions(client: pg.Pool): Promise<Mutant[]> {
  const found = await rowsOf(
    client,
    `select machine, from_state as from, to_state as to, quote_nullable(permission) as permission,
            buyer_may::text as buyer, worker_may::text as worker
       from internal.state_transition order by 1, 2, 3`,
  );
  const states = (machine: string) => [
    ...new Set(
      found.filter((row) => row.machine === machine).flatMap(({ from = '', to = '' }) => [from, to]),
    ),
  ];
  const one = {
    tests: [machinesTest],
    about: 'the database has the transitions that are written, and no other',
  };
  const listed = found.flatMap(({ machine, from, to, permission, buyer, worker }) => {
    const where = `where machine = '${machine}' and from_state = '${from}' and to_state = '${to}'`;
    const remove = `delete from internal.state_transition ${where}`;
    const undo = `${remove};
      insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
      values ('${machine}', '${from}', '${to}', ${permission}, ${buyer}, ${worker})`;
    const name = `${machine}: ${from} → ${to}`;
    const change = (what: string, set: string) => ({
      ...one,
      undo,
      kind: 'transition altered',
      name: `${name}: ${what}`,
      sql: `update internal.state_transition set ${set} ${where}`,
    });
    return [
      { ...one, kind: 'transition removed', name, sql: remove, undo },
      change(
        'another permission',
        `permission = case permission when 'reports.read' then 'audit.read' else 'reports.read' end`,
      ),
      change('the buyer', 'buyer_may = not buyer_may'),
      change('the machine', 'worker_may = not worker_may'),
    ];
  });
  const added = [...new Set(found.map(({ machine = '' }) => machine))].flatMap((machine) =>
    states(machine).flatMap((from) =>
      states(machine)
        .filter(
          (to) =>
            to !== from &&
            !found.some((row) => row.machine === machine && row.from === from && row.to === to),
        )
        .map((to) => ({
          ...one,
          kind: 'transition added',
          name: `${machine}: ${from} → ${to}`,
          sql: `insert into internal.state_transition (machine, from_state, to_state, buyer_may, worker_may)
                values ('${machine}', '${from}', '${to}', false, false)`,
          undo: `delete from internal.state_transition
                  where machine = '${machine}' and from_state = '${from}' and to_state = '${to}'`,
        })),
    ),
  );
  return [...listed, ...added];
}

async function masks(client: pg.Pool): Promise<Mutant[]> {
  const found = await rowsOf(
    client,
    'select table_name as table, column_name as column, treatment from internal.audit_rule order by 1, 2',
  );
  return found.flatMap(({ table = '', column = '', treatment }) => {
    const where = `where table_name = '${table}' and column_name = '${column}'`;
    const again = `select audit.attach('commerce.${table}')`;
    const tests = ['test/functions/audit_redaction.test.ts'];
    return [
      {
        kind: 'mask removed',
        name: `${table}.${column}`,
        sql: `delete from internal.audit_rule ${where}; ${again}`,
        tests,
      },
      ...(treatment === 'omit'
        ? [
            {
              kind: 'mask weakened',
              name: `${table}.${column}`,
              sql: `update internal.audit_rule set treatment = 'mask' ${where}; ${again}`,
              tests,
            },
          ]
        : []),
    ];
  });
}

async function grants(client: pg.Pool): Promise<Mutant[]> {
  // One column that each role may and one that it may not, of each view and verb.
  const found = await rowsOf(
    client,
    `select c.relname as table, r.role, v.verb,
            coalesce(min(a.attname) filter (where has_column_privilege(r.role, c.oid, a.attnum, v.verb)), '') as given,
            coalesce(min(a.attname) filter (where not has_column_privilege(r.role, c.oid, a.attnum, v.verb)), '') as withheld
       from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      cross join (values ('commerce_member'), ('commerce_buyer'), ('commerce_anonymous'), ('commerce_worker'), ('commerce_platform')) as r (role)
      cross join (values ('select'), ('insert'), ('update')) as v (verb)
      where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
      group by 1, 2, 3 order by 1, 2, 3`,
  );
  const columns = found.flatMap(({ table = '', role, verb, given, withheld }) => {
    const one = { tests: [rightsTest], table, about: 'fields' };
    const revoke = `revoke ${verb} on api.${table} from ${role}; revoke ${verb} (${given}) on api.${table} from ${role}`;
    return [
      ...(given
        ? [{ ...one, kind: 'grant revoked', name: `${verb} (${given}) on ${table}: ${role}`, sql: revoke }]
        : []),
      ...(withheld
        ? [
            {
              ...one,
              kind: 'grant added',
              name: `${verb} (${withheld}) on ${table}: ${role}`,
              sql: `grant ${verb} (${withheld}) on api.${table} to ${role}`,
              undo: `revoke ${verb} (${withheld}) on api.${table} from ${role}`,
            },
          ]
        : []),
    ];
  });
  const executable = await rowsOf(
    client,
    `select p.oid::regprocedure::text as name, r.role, has_function_privilege(r.role, p.oid, 'execute')::text as given
       from pg_proc p
      cross join (values ('commerce_member'), ('commerce_buyer'), ('commerce_anonymous'), ('commerce_worker'), ('commerce_platform')) as r (role)
      where p.pronamespace = 'api'::regnamespace order by 1, 2`,
  );
  return [
    ...columns,
    ...executable.map(({ name = '', role, given }) => {
      const grant = `grant execute on function ${name} to ${role}`;
      const revoke = `revoke execute on function ${name} from ${role}`;
      const [kind, sql, undo] =
        given === 'true' ? ['execute revoked', revoke, grant] : ['execute granted', grant, revoke];
      const about = 'the list names every function, and nothing else';
      return { kind, name: `${name}: ${role}`, sql, undo, tests: [functionsTest], about };
    }),
  ];
}

async function limits(client: pg.Pool): Promise<Mutant[]> {
  const claims: [RegExp, string[]][] = [
    [/^import_products?$/, ['test/functions/products_import.test.ts']],
    [/^calendar_fault$/, ['test/functions/dates.test.ts']],
    [/^row_rules$/, [checksTest]],
    [/^connect_channel$/, ['test/functions/connect_channel.test.ts']],
    [/^require_team_place$/, ['test/functions/team.test.ts']],
    [/^tg__plan_limit$/, ['test/functions/plan_limits.test.ts']],
    [/^tg__monthly_limit$/, ['test/functions/monthly_limits.test.ts']],
    [/^(require_storage|request_upload)$/, ['test/storage/uploads.test.ts']],
    [
      /^(set|correct)_order_lines?$/,
      ['test/functions/order_lines.test.ts', 'test/functions/order_corrections.test.ts'],
    ],
    [/^number_pattern$/, ['test/functions/search_words.test.ts']],
    [/^(set|put|use)_discount(_code)?$/, ['test/functions/baskets.test.ts']],
    [/^count_statement$/, ['test/functions/order_lists.test.ts', 'test/queries/lists.test.ts']],
  ];
  const testsOf = (name: string) => [
    limitsTest,
    ...claims.filter(([pattern]) => pattern.test(name)).flatMap(([, tests]) => tests),
  ];
  const by = (number: string, more: number) => String(Number(number) + more);
  const arguments_ = String.raw`(?:[^()]|\((?:[^()]|\([^()]*\))*\))*`;
  return [
    ...(await functions(
      client,
      'plan limit',
      /(?:\w+_)?used(?:_count)?(?: \+ p_size_bytes)? >=? ([\w.]+)/g,
      (found, [limit = '']) =>
        found.includes('>=') ? found.replace('>=', '>') : found.replace(limit, `${limit} + 1`),
      testsOf,
    )),
    ...(await functions(
      client,
      'upper limit',
      /between (?:-?\d+|(?:interval )?'[^']+') and (?:\d+|(?:interval )?'[^']+')/g,
      (found) => found.replace(/(\d+)$/, (most) => by(most, 1)).replace(/'$/, ` 1 millisecond'`),
      testsOf,
    )),
    ...(await functions(
      client,
      'lower limit',
      /between (-?\d+|(?:interval )?'[^']+') and (?:\d+|(?:interval )?'[^']+')/g,
      (found, [least = '']) =>
        found.replace(
          least,
          /^-?\d+$/.test(least)
            ? by(least, -1)
            : least.replace(/ ?[^ ']*'$/, (end) =>
                end === `0'` ? `-1 millisecond'` : `${end.slice(0, -1)} -1 millisecond'`,
              ),
        ),
      testsOf,
    )),
    ...(await functions(
      client,
      'comparison',
      /(?:\)|count|waiting) (?:>|>=|<>) ([2-9]|\d{2,})\b|> now\(\) \+ interval '[^']+'/g,
      (found, [most]) =>
        most === undefined ? found.replace(/'$/, ` 1 millisecond'`) : found.replace(most, by(most, 1)),
      testsOf,
    )),
    // A text that may have 64 KiB is refused beyond them by its bytes alone.
    ...(await functions(
      client,
      'length limit',
      new RegExp(
        String.raw`(?:text_fault|length_fault|require_text|require_text_within)\(${arguments_}, (\d+)\)`,
        'g',
      ),
      (found, [most = '']) => found.replace(/\d+\)$/, `${by(most, most === '65536' ? -1 : 1)})`),
      testsOf,
    )),
    ...(await functions(
      client,
      'number limit',
      new RegExp(
        String.raw`(?:batch_fault|read_integer|integer_fault|degrees_fault)\(${arguments_}, (\d+)\)`,
        'g',
      ),
      (found, [most = '']) => found.replace(/\d+\)$/, `${by(most, 1)})`),
      testsOf,
    )),
    ...(await functions(
      client,
      'size of a file',
      /(?<=v_largest := .*?)\d{6,}/g,
      (found) => by(found, 1),
      testsOf,
    )),
  ];
}

export const kinds = {
  policies,
  permissionChecks,
  checks,
  triggers,
  transitions,
  masks,
  grants,
  limits,
} as const;
