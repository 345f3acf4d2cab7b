import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'postgraphile/graphql';
import { limits } from './limits.ts';

/** Width: the fields of the selection itself, those of its fragments with them. */
type Cost = { width: number; fields: number; values: number };
type Field = GraphQLField<unknown, unknown>;

const nothing: Cost = { width: 0, fields: 0, values: 0 };

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

/** Rows that a field may return, as far as the text of the query shows. The list of a page is the page. */
function pageSize({ arguments: given }: FieldNode, field: Field | undefined, ofPage: boolean): number {
  if (!field?.args.some(({ name }) => name === 'first')) {
    return field && isList(field.type) && !ofPage ? limits.defaultPage : 1;
  }
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
 * fragments of fragments cannot make the counting itself expensive.
 */
export function costLimit(context: ValidationContext): ASTVisitor {
  const schema = context.getSchema();
  const counted = new Map<FragmentDefinitionNode, Cost>();

  function ofFragment(name: string): Cost {
    const fragment = context.getFragment(name);
    if (!fragment) return nothing;
    const known = counted.get(fragment);
    if (known !== undefined) return known;
    // Another rule refuses a fragment that contains itself.
    counted.set(fragment, nothing);
    const cost = ofSelection(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
    counted.set(fragment, cost);
    return cost;
  }

  function ofSelection({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): Cost {
    const sum: Cost = { ...nothing };
    for (const selection of selections) {
      const { width, fields, values } =
        selection.kind === Kind.FIELD
          ? ofField(selection, type)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value)
            : ofSelection(selection.selectionSet, type);
      sum.width += width;
      sum.fields += fields + (selection.kind === Kind.FIELD ? 0 : (selection.directives?.length ?? 0));
      sum.values += values;
    }
    return sum;
  }

  function ofField(node: FieldNode, type: GraphQLNamedType | undefined): Cost {
    // A directive is looked at as a field is, also on a field that it leaves out.
    const own = 1 + (node.directives?.length ?? 0);
    if (node.selectionSet === undefined) return { width: 1, fields: own, values: 1 };
    // Introspection reads no rows, and has limits of its own.
    if (node.name.value.startsWith('__')) return nothing;
    const field = fieldOf(type, node.name.value);
    const { fields, values } = ofSelection(node.selectionSet, field && getNamedType(field.type));
    const ofPage = type?.name.endsWith('Connection') ?? false;
    return { width: 1, fields: own + fields, values: 1 + pageSize(node, field, ofPage) * values };
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
      const [first] = operation.selectionSet.selections;
      if (
        operation.operation === 'subscription' &&
        (first?.kind !== Kind.FIELD || first.directives?.length)
      ) {
        // Left out by a directive, it would be a subscription to nothing.
        context.reportError(
          new GraphQLError('a subscription is a field without directives', { nodes: operation }),
        );
        return;
      }
      const { width, fields, values } = ofSelection(operation.selectionSet, root);
      // Each field of the root is a statement of its own, or a transaction.
      if (width > limits.maxRootFields || fields > limits.maxFields || values > limits.maxCost) {
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
