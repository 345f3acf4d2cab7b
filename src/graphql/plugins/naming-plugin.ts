/** Names without ceremony: `product(id)`, `products`, `updateProduct`, arguments without their `p_`. */
export const NamingPlugin: GraphileConfig.Plugin = {
  name: 'CommerceNamingPlugin',
  inflection: {
    replace: {
      _allRows(_previous, _options, resource) {
        return this.camelCase(this.pluralize(this._singularizedResourceName(resource)));
      },
      updateByKeysField(_previous, _options, { resource }) {
        return this.camelCase(`update-${this._singularizedResourceName(resource)}`);
      },
      deleteByKeysField(_previous, _options, { resource }) {
        return this.camelCase(`delete-${this._singularizedResourceName(resource)}`);
      },
      patchField() {
        return 'patch';
      },
      // Of the row's own key as well: newest first is `ID_DESC`.
      orderByAttributeEnum(previous, _options, details) {
        return previous?.call(this, details).replace(/^ROW_ID_/, 'ID_') ?? '';
      },
      argument(previous, _options, details) {
        const { name: given, extensions } = details.param;
        const name = extensions?.publicName ?? given?.replace(/^p_/, '').replace(/^id$/, 'row_id') ?? null;
        return previous?.call(this, { ...details, param: { ...details.param, name } }) ?? '';
      },
      customQueryListField(_previous, _options, details) {
        return this.customQueryField(details);
      },
      functionRecordReturnCodecName(_previous, _options, details) {
        const { rowName } = details.pgProc.getTags();
        const name = typeof rowName === 'string' ? rowName : this.functionResourceName(details);
        return this.upperCamelCase(this.singularize(name));
      },
      functionMutationResultFieldName(previous, _options, details) {
        const { codec, isUnique } = details.resource;
        if (!codec.attributes) return previous?.call(this, details) ?? 'result';
        const name = this.singularize(this._codecName(codec));
        return this.camelCase(isUnique ? name : this.pluralize(name));
      },
      // Exact, and carried as text: not a floating point number at all.
      builtin(previous, _options, name) {
        return name === 'BigFloat' ? 'Decimal' : (previous?.call(this, name) ?? name);
      },
    },
  },
};
