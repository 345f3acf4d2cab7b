import * as dataplanPg from 'postgraphile/@dataplan/pg';
import * as grafast from 'postgraphile/grafast';
import * as graphql from 'postgraphile/graphql';
import * as pgSql from 'postgraphile/pg-sql2';
import * as codecs from './codecs.ts';
import * as ids from './ids.ts';
import * as missingRow from './missing-row.ts';
import * as ordering from './ordering.ts';
import * as paging from './paging.ts';

import * as rows from './rows.ts';
import * as scalars from './scalars.ts';
import * as shields from './shields.ts';
import * as statement from './statement.ts';
import * as subscriptions from './subscriptions.ts';

/** What the fields of the schema do, by the names under which a schema that is built ahead asks for it. */
export const plans = {
  'plans/codecs': codecs,
  'plans/ids': ids,
  'plans/missing-row': missingRow,
  'plans/ordering': ordering,
  'plans/paging': paging,

  'plans/rows': rows,
  'plans/scalars': scalars,
  'plans/shields': shields,
  'plans/statement': statement,
  'plans/subscriptions': subscriptions,
};

/** Everything that such a schema is made with: the server's own modules, wherever the schema's file lies. */
export const modules: Readonly<Record<string, object>> = {
  '@dataplan/pg': dataplanPg,
  grafast,
  graphql,
  'pg-sql2': pgSql,
  ...plans,
};

/** The releases of PostGraphile's parts, of whose inner workings such a schema is made. */
export const libraries: Readonly<Record<string, string>> = {
  '@dataplan/pg': dataplanPg.version,
  grafast: grafast.version,
  graphql: graphql.version,
};
