// Imported before anything of PostGraphile, which asks for this once, when it loads. Its development mode
// changes the form of answers; Ruru and introspection are switched by startServer alone.
process.env.GRAPHILE_ENV ??= 'production';
