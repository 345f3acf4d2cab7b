import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  type FieldNode,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'postgraphile/graphql';
import { limits } from './limits.ts';

type Cost = { fields: number; values: number };

/** Rows that a list field may return, as far as the text of the query tells; other fields return one. */
function pageSize({ arguments: args, selectionSet }: FieldNode): number {
  const isConnection = selectionSet?.selections.some(
    (selection) =>
      selection.kind !== Kind.FIELD || selection.name.value === 'nodes' || selection.name.value === 'edges',
  );
  const first = args?.find(({ name }) => name.value === 'first')?.value;
  if (first?.kind === Kind.INT) return Math.min(Number(first.value), limits.maxPage);
  // A variable may hold anything up to the limit.
  if (first !== undefined && first.kind !== Kind.NULL) return limits.maxPage;
  return isConnection ? limits.defaultPage : 1;
}

/**
 * Refuses operations that are wide where @graphile/depth-limit refuses deep ones: aliases, repeated fields
 * and fragments cost nothing to write. Every fragment is counted once and then by its sum, so that
 * fragments of fragments cannot make the counting itself dear.
 */
export function costLimit(context: ValidationContext): ASTVisitor {
  const counted = new Map<FragmentDefinitionNode, Cost>();

  function ofFragment(name: string): Cost {
    const fragment = context.getFragment(name);
    if (!fragment) return { fields: 0, values: 0 };
    const known = counted.get(fragment);
    if (known !== undefined) return known;
    // Another rule refuses a fragment that contains itself.
    counted.set(fragment, { fields: 0, values: 0 });
    const cost = ofSelection(fragment.selectionSet);
    counted.set(fragment, cost);
    return cost;
  }

  function ofSelection({ selections }: SelectionSetNode): Cost {
    const sum: Cost = { fields: 0, values: 0 };
    for (const selection of selections) {
      const { fields, values } =
        selection.kind === Kind.FIELD
          ? ofField(selection)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value)
            : ofSelection(selection.selectionSet);
      sum.fields += fields;
      sum.values += values;
    }
    return sum;
  }

  function ofField(field: FieldNode): Cost {
    // Introspection reads no rows, and has limits of its own.
    if (field.name.value.startsWith('__')) return { fields: 0, values: 0 };
    if (field.selectionSet === undefined) return { fields: 1, values: 1 };
    const { fields, values } = ofSelection(field.selectionSet);
    return { fields: 1 + fields, values: 1 + pageSize(field) * values };
  }

  return {
    OperationDefinition(operation) {
      const { fields, values } = ofSelection(operation.selectionSet);
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
