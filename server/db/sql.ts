/**
 * SQL texts, bundled at build time. A query names its parameters (`:incident_id`); here they become $1, $2 …
 * A `::cast` is left alone, and so is what stands in quotes or comments.
 */
const queryFiles = import.meta.glob<string>('../../sql/queries/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const functionFiles = import.meta.glob<string>('../../sql/functions/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const migrationFiles = import.meta.glob<string>('../../sql/migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const bootstrapFiles = import.meta.glob<string>('../../sql/bootstrap.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
})

export interface Query {
  text: string
  /** Parameter names in the order of $1, $2 … */
  names: string[]
}

const stem = (path: string) => path.slice(path.lastIndexOf('/') + 1, -4)
const sorted = (files: Record<string, string>) =>
  Object.entries(files)
    .map(([path, text]) => ({ name: stem(path), text }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/** Replaces each `:name` by its position. Exported for its test. */
export function bindNames(text: string): Query {
  const names: string[] = []
  const bound = text.replace(
    /--[^\n]*|'(?:[^']|'')*'|::|(?<![:\w]):([a-z_][a-z0-9_]*)/g,
    (match, name: string | undefined) => {
      if (name === undefined) return match
      if (!names.includes(name)) names.push(name)
      return `$${names.indexOf(name) + 1}`
    },
  )
  return { text: bound, names }
}

export const queries = new Map(sorted(queryFiles).map(({ name, text }) => [name, bindNames(text)]))
export const functions = sorted(functionFiles)
export const migrations = sorted(migrationFiles)
/** What must exist before anything else can be recorded; may run any number of times. */
export const bootstrap = Object.values(bootstrapFiles)[0]
/** Tables and views that the migrations make: what of a schema is ours. */
export const ownRelations = [
  ...new Set(
    migrations.flatMap(({ text }) =>
      [...text.matchAll(/^\s*create\s+(?:unlogged\s+)?(?:table|view)\s+(?:if\s+not\s+exists\s+)?(\w+)/gim)].map(
        ([, relation]) => relation,
      ),
    ),
  ),
]
