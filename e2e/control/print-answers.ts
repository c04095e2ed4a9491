/** Imported before an endpoint that is to be caught: from then on it prints whatever it writes as JSON, as a careless log would. */
JSON.stringify = new Proxy(JSON.stringify, {
  apply(stringify, self, args) {
    const text: unknown = Reflect.apply(stringify, self, args);
    process.stdout.write(`${String(text)}\n`);
    return text;
  },
});
