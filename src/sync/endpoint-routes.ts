/** What the endpoint's own paths begin with: under none of them lies a page of the app, on whichever side somebody asks. */
export const endpointRoutes = ['endpoint', 'health', 'sync', 'enrolment', 'session', 'device', 'history', 'waiting', 'administration', 'audit', 'erasure', 'attachment', 'r', 'bang-tin', 'cong-khai'] as const;
