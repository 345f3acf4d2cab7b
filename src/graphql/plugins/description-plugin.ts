import { type GraphQLNamedType, isInputObjectType, isObjectType } from 'postgraphile/graphql';
import { camelCase } from '../../model/spelling.ts';

type Described = { name: string; description?: string | null | undefined };

/** A type, its fields and their arguments. */
function membersOf(type: GraphQLNamedType): Described[] {
  if (isInputObjectType(type)) return [type, ...Object.values(type.getFields())];
  if (!isObjectType(type)) return [type];
  return [type, ...Object.values(type.getFields()).flatMap((field) => [field, ...field.args])];
}

/** Comments name columns, arguments and functions as SQL does; a client knows them by other names. */
export const DescriptionPlugin: GraphileConfig.Plugin = {
  name: 'CommerceDescriptionPlugin',
  after: ['CommerceCataloguePlugin'],
  schema: {
    hooks: {
      finalize(schema) {
        const members = Object.values(schema.getTypeMap()).flatMap(membersOf);
        const names = new Set(members.map(({ name }) => name));
        const translate = (word: string) => (names.has(camelCase(word)) ? camelCase(word) : word);
        for (const member of members) {
          if (member.description?.includes('_')) {
            member.description = member.description.replace(/\b[a-z]+(_[a-z]+)+\b/g, translate);
          }
        }
        return schema;
      },
    },
  },
};
