import { z } from 'zod'
import { instant, lonLat, text, uuid } from './primitives.ts'

// Corners within the world; what is no valid shape (a ring that crosses itself) the database refuses by name.
const line = z.array(lonLat).min(2, 'garis perlu sedikitnya dua titik')
const ring = z
  .array(lonLat)
  .min(4, 'cincin perlu sedikitnya tiga sudut')
  .refine((points) => points.at(0)?.join() === points.at(-1)?.join(), 'cincin harus tertutup')
const rings = z.array(ring).min(1)
const polygon = z.object({ type: z.literal('Polygon'), coordinates: rings })
const multiPolygon = z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(rings).min(1) })
const lineString = z.object({ type: z.literal('LineString'), coordinates: line })
const multiLineString = z.object({ type: z.literal('MultiLineString'), coordinates: z.array(line).min(1) })
const onePoint = z.object({ type: z.literal('Point'), coordinates: lonLat })

/** An area, stretches of road, or a point on one (a bridge). */
export const closureGeometry = z.discriminatedUnion('type', [
  polygon,
  multiPolygon,
  lineString,
  multiLineString,
  onePoint,
])
export type ClosureShape = z.infer<typeof closureGeometry>

const kind = z.enum(['road', 'area', 'rob'])
/** Centimetres of standing water; above 50 nobody drives. */
const depth_cm = z.number().int().min(0).max(500)
/** What is left of the speed: 0 shuts the road. */
const speed_factor = z.number().min(0).max(1)

export const closure = z.object({
  id: uuid,
  kind,
  reason: z.string(),
  geometry: closureGeometry,
  depth_cm: z.number().nullable(),
  speed_factor: z.number(),
  starts_at: instant,
  ends_at: instant,
  simulated: z.boolean(),
  /** Drawn by hand, one press for a rob, or imported. Older lines of the log do not say. */
  origin: z.enum(['hand', 'rob', 'import']).default('hand'),
  /** Goes up with each change. */
  revision: z.number().int().default(1),
})
export type Closure = z.infer<typeof closure>

export const pastClosure = closure.extend({
  /** When it was lifted as if it had never been meant; null: it ended. */
  deleted_at: instant.nullable(),
})
export type PastClosure = z.infer<typeof pastClosure>

const shape = z.strictObject({
  kind,
  reason: text(200).trim().min(1, 'wajib diisi'),
  geometry: closureGeometry,
  depth_cm: depth_cm.nullish(),
  /** Left out beside a depth the water alone slows; left out without one it is shut. */
  speed_factor: speed_factor.optional(),
  starts_at: instant,
  ends_at: instant,
})
export const closureInput = shape.superRefine((value, context) => {
  if (Date.parse(value.starts_at) >= Date.parse(value.ends_at))
    context.addIssue({ code: 'custom', path: ['ends_at'], message: 'harus sesudah starts_at' })
})
export const closurePatch = shape.partial().extend({
  /** The revision that was looked at: refused with 409 when it is another by now. */
  revision: z.number().int().positive().optional(),
  /** Ends it at this moment. */
  ended: z.literal(true).optional(),
  /** Puts a lifted one back. */
  deleted: z.literal(false).optional(),
})
export type ClosurePatch = z.infer<typeof closurePatch>

/** What a closure does to the roads as they are now: metres nobody can drive, metres that take longer, names of the roads. */
export const closureTold = z.object({ closed_m: z.number(), slowed_m: z.number(), streets: z.array(z.string()) })
export type ClosureTold = z.infer<typeof closureTold>
/** Neither closed nor slowed: it was drawn beside every road. */
export const closureAnswer = closure.extend(closureTold.shape)

const stretches = z.object({ type: z.literal('MultiLineString'), coordinates: z.array(z.array(lonLat)) })
/** The stretches of road that a closure closes or slows, for maps. */
export const closureRoads = closureTold.extend({ id: uuid, closed: stretches, slowed: stretches })
export type ClosureRoads = z.infer<typeof closureRoads>

/** What somebody draws before it is saved: two ends of a stretch, a street by its name, a place on a road, or a shape. */
export const closureDraw = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('stretch'), from: lonLat, to: lonLat }),
  z.strictObject({ by: z.literal('street'), name: text(200).trim().min(1), near: lonLat }),
  z.strictObject({ by: z.literal('point'), at: lonLat }),
  z.strictObject({ by: z.literal('shape'), geometry: closureGeometry }),
])
export type ClosureDraw = z.infer<typeof closureDraw>
export const closureDraft = z.strictObject({
  draw: closureDraw,
  depth_cm: depth_cm.nullish(),
  speed_factor: speed_factor.optional(),
})
/** The shape to save, brought onto the roads, and what it would do to them. */
export const closurePreview = closureTold.extend({ geometry: closureGeometry, closed: stretches, slowed: stretches })
export type ClosurePreview = z.infer<typeof closurePreview>

/** "Rob of today like 2021". */
export const robInput = z.strictObject({
  starts_at: instant.optional(),
  /** Left out: 11.00 WIB in the morning from 4 to 10, else four hours from its start. */
  ends_at: instant.optional(),
  /** Takes the place of one that is in force or to come; without it that is refused with 409. */
  replace: z.boolean().default(false),
})
export const robAnswer = closureTold.extend({ closures: z.array(closureAnswer), replaced: z.number().int() })
export const robEnded = z.object({ ended: z.number().int() })
