import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'postgraphile/graphql';
import { limits } from './limits.ts';

type Cost = { fields: number; values: number };
type Field = GraphQLField<unknown, unknown>;

/** Rows that a field may return, as far as the text of the query tells: one, unless it takes `first`. */
function pageSize({ arguments: given }: FieldNode, field: Field | undefined): number {
  if (!field?.args.some(({ name }) => name === 'first')) return 1;
  const first = given?.find(({ name }) => name.value === 'first')?.value;
  if (first === undefined || first.kind === Kind.NULL) return limits.defaultPage;
  // A variable may hold anything up to the limit.
  return first.kind === Kind.INT ? Math.min(Number(first.value), limits.maxPage) : limits.maxPage;
}

function fieldOf(type: GraphQLNamedType | undefined, name: string): Field | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/**
 * Refuses operations that are wide where @graphile/depth-limit refuses deep ones: aliases, repeated fields
 * and fragments cost nothing to write. Every fragment is counted once and then by its sum, so that
 * fragments of fragments cannot make the counting itself dear.
 */
export function costLimit(context: ValidationContext): ASTVisitor {
  const schema = context.getSchema();
  const counted = new Map<FragmentDefinitionNode, Cost>();

  function ofFragment(name: string): Cost {
    const fragment = context.getFragment(name);
    if (!fragment) return { fields: 0, values: 0 };
    const known = counted.get(fragment);
    if (known !== undefined) return known;
    // Another rule refuses a fragment that contains itself.
    counted.set(fragment, { fields: 0, values: 0 });
    const cost = ofSelection(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
    counted.set(fragment, cost);
    return cost;
  }

  function ofSelection({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): Cost {
    const sum: Cost = { fields: 0, values: 0 };
    for (const selection of selections) {
      const { fields, values } =
        selection.kind === Kind.FIELD
          ? ofField(selection, type)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value)
            : ofSelection(selection.selectionSet, type);
      sum.fields += fields;
      sum.values += values;
    }
    return sum;
  }

  function ofField(node: FieldNode, type: GraphQLNamedType | undefined): Cost {
    if (node.selectionSet === undefined) return { fields: 1, values: 1 };
    // Introspection reads no rows, and has limits of its own.
    if (node.name.value.startsWith('__')) return { fields: 0, values: 0 };
    const field = fieldOf(type, node.name.value);
    const { fields, values } = ofSelection(node.selectionSet, field && getNamedType(field.type));
    return { fields: 1 + fields, values: 1 + pageSize(node, field) * values };
  }

  return {
    OperationDefinition(operation) {
      const root = schema.getRootType(operation.operation);
      if (!root) {
        // No rule of GraphQL's own looks for this.
        context.reportError(
          new GraphQLError(`the schema has no ${operation.operation}`, { nodes: operation }),
        );
        return;
      }
      const { fields, values } = ofSelection(operation.selectionSet, root);
      if (fields > limits.maxFields || values > limits.maxCost) {
        context.reportError(
          new GraphQLError('the operation asks for too much: fewer fields, or shorter lists', {
            nodes: operation,
            extensions: { code: 'TOO_COMPLEX' },
          }),
        );
      }
    },
  };
}
