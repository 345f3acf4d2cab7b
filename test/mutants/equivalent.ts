/** Mutants that change nothing that anybody could notice, by their kind and name, each with the reason. */
export const equivalent: Readonly<Record<string, string>> = {};
