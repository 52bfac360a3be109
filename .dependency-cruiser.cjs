/**
 * The doors between the rooms (docs/architecture.md). `npm run check` fails on an import that no door allows;
 * test/doors.test.ts plants one and sees it refused.
 */
const rooms = [
  'domain',
  'workflows',
  'activities',
  'integrations',
  'db',
  'config',
  'api',
  'worker',
  'dev',
  'bench',
  'test',
  'scripts',
  'console',
]

/** What a room may import besides its own files and packages of npm. */
const doors = {
  domain: [],
  config: ['domain'],
  workflows: ['domain'],
  integrations: ['domain'],
  db: ['domain'],
  activities: ['domain', 'db', 'integrations'],
  api: ['domain', 'db', 'integrations', 'config'],
  worker: ['domain', 'db', 'integrations', 'activities', 'config'],
  // What it knows of the API are types made from the OpenAPI document, which are its own (scripts/apiTypes.ts).
  console: [],
}

const closed = Object.entries(doors).map(([room, open]) => {
  const forbidden = rooms.filter((other) => other !== room && !open.includes(other))
  return {
    name: `${room}-door`,
    severity: 'error',
    comment: `${room}/ may import ${open.length > 0 ? open.join(', ') : 'no other room'}.`,
    from: { path: `^${room}/` },
    // A workflow knows its activities by their types alone.
    to:
      room === 'workflows'
        ? { path: `^(${forbidden.join('|')})/`, dependencyTypesNot: ['type-only'] }
        : { path: `^(${forbidden.join('|')})/` },
  }
})

module.exports = {
  forbidden: [
    ...closed,
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle means that two ideas share two files.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'workflow-sandbox',
      severity: 'error',
      comment:
        'Workflow code is bundled into every cached workflow: small domain modules and @temporalio/workflow only.',
      from: { path: '^workflows/' },
      to: { path: 'node_modules', pathNot: 'node_modules/@temporalio/(workflow|common)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
}
