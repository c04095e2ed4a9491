/** Under Trusted Types the script of a worker is named by a policy. This one knows the app's own built files and nothing else. */

interface ScriptPolicy {
  createScriptURL(path: string): string;
}
let policy: ScriptPolicy | undefined;

/** `/service-worker.js`, and what the build wrote beside the app's other parts. Throws at anything else. */
const ours = /^\/(service-worker\.js|assets\/[\w.-]+\.js)$/u;

export function trustedScript(path: string): string {
  if (!ours.test(path) && !import.meta.env.DEV) throw new Error('not a script of this app');
  const factory = (window as { trustedTypes?: { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy } }).trustedTypes;
  if (factory === undefined) return path;
  // A policy of one name is made once.
  policy ??= factory.createPolicy('gan-dan', {
    createScriptURL(asked) {
      if (!ours.test(asked) && !import.meta.env.DEV) throw new Error('not a script of this app');
      return asked;
    },
  });
  return policy.createScriptURL(path);
}
