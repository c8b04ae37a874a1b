import { z } from 'zod'
import { unstorable } from './fields.ts'
import { COORDINATE_FIELDS, LAYER_NAMES, layerSpec } from './layers.ts'

/** A folder cannot be imported; `faults` says everything that is wrong with it, each line naming its place. */
export class ImportFault extends Error {
  constructor(readonly faults: string[]) {
    super(faults.join('\n'))
  }
}

const text = z
  .string('harus teks')
  .trim()
  .min(1, 'kosong')
  .superRefine((value, { addIssue }) => {
    const message = unstorable(value)
    if (message !== null) addIssue(message)
  })

const entry = z.strictObject(
  {
    file: text.refine((file) => !/(^|[\\/])\.\.([\\/]|$)|^[\\/]/.test(file), 'harus di dalam folder ini'),
    as: z.enum(LAYER_NAMES, {
      error: ({ input }) => `lapis ${JSON.stringify(input)} tidak dikenal; pilih ${LAYER_NAMES.join(', ')}`,
    }),
    fields: z.record(z.string(), text, 'harus objek {isian: kolom}').default({}),
    kind: text.optional(),
    population_year: z.number('harus angka tahun').int().min(1900).max(2200).optional(),
    epsg: z
      .number('harus angka, misalnya 32749')
      .int('harus bilangan bulat')
      .min(1, 'harus 1 sampai 999999')
      .max(999_999, 'harus 1 sampai 999999')
      .optional(),
    crs: z
      .string('harus teks, misalnya "EPSG:32749"')
      .regex(/^EPSG:\d{1,6}$/i, 'harus seperti "EPSG:32749"')
      .optional(),
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    source: text.optional(),
    attribution: text.optional(),
    /** Takes the file even when more than a tenth of its rows are refused; each still stands in the report. Never for kelurahan. */
    allow_refused: z.boolean('harus true atau false').optional(),
  },
  'harus objek',
)

const folder = z.strictObject(
  {
    city: z.strictObject({ code: text, name: text }, 'harus {code, name}'),
    attribution: text.optional(),
    layers: z.array(entry, 'harus daftar').min(1, 'kosong'),
  },
  'harus objek',
)

export type ManifestEntry = z.output<typeof entry>
export type FolderManifest = z.output<typeof folder>

/** Why a zod issue came, in our words; zod's own English only where it says more. */
function reason(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `tidak dikenal: ${issue.keys.join(', ')}`
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'wajib ada'
  return issue.message
}

const placeOf = (path: PropertyKey[]) =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i ? '.' : ''}${String(key)}`)).join('') || '(isi)'

/** Reads layers.json. Throws {@link ImportFault} with every fault, each named by its field. */
export function readManifest(json: string): FolderManifest {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw new ImportFault([`layers.json: bukan JSON yang sah: ${(error as Error).message}`])
  }
  const result = folder.safeParse(value, { reportInput: true })
  if (!result.success)
    throw new ImportFault(result.error.issues.map((issue) => `layers.json: ${placeOf(issue.path)}: ${reason(issue)}`))
  const faults = result.data.layers.flatMap((layer, i) =>
    entryFaults(layer).map((fault) => `layers.json: layers[${i}].${fault}`),
  )
  if (faults.length) throw new ImportFault(faults)
  return result.data
}

function entryFaults(layer: ManifestEntry): string[] {
  const { fields: known, geometry } = layerSpec(layer.as)
  const allowed = new Set([...Object.keys(known), ...(geometry ? COORDINATE_FIELDS : [])])
  const faults = Object.keys(layer.fields)
    .filter((field) => !allowed.has(field))
    .map((field) => `fields.${field}: bukan isian lapis ${layer.as} (${[...allowed].join(', ') || 'tanpa isian'})`)
  if (layer.kind !== undefined && !('kind' in known)) faults.push(`kind: lapis ${layer.as} tidak punya isian ini`)
  if (layer.as === 'kelurahan' && layer.fields.population && layer.population_year === undefined) {
    faults.push('population_year: wajib ada bila fields.population ada')
  }
  if (layer.as === 'kelurahan' && layer.allow_refused)
    faults.push('allow_refused: tidak berlaku untuk kelurahan: di bidang yang hilang tidak ada yang bertanggung jawab')
  if (layer.epsg !== undefined && layer.crs !== undefined && layer.epsg !== epsgOf(layer))
    faults.push('crs: berbeda dengan epsg')
  if (!/\.(geojson|json|csv|tsv|txt)$/i.test(layer.file))
    faults.push(`file: ${layer.file}: hanya .geojson, .json atau .csv`)
  return faults
}

/** The EPSG code that an entry states, if it does. */
export const epsgOf = (layer: ManifestEntry): number | null =>
  layer.epsg ?? (layer.crs ? Number(layer.crs.slice(5)) : null)
