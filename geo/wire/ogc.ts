import { z } from 'zod'
import { instant } from './primitives.ts'

/** Where more is found (RFC 8288). */
export const ogcLink = z.object({
  href: z.string(),
  rel: z.string(),
  type: z.string().optional(),
  title: z.string().optional(),
})
export type OgcLink = z.infer<typeof ogcLink>

export const ogcLanding = z.object({ title: z.string(), description: z.string(), links: z.array(ogcLink) })

export const ogcConformance = z.object({ conformsTo: z.array(z.string()) })

export const ogcCollection = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  extent: z.object({
    spatial: z.object({ bbox: z.array(z.array(z.number()).length(4)), crs: z.string() }).optional(),
    temporal: z.object({ interval: z.array(z.tuple([instant.nullable(), instant.nullable()])) }).optional(),
  }),
  itemType: z.literal('feature'),
  crs: z.array(z.string()),
  links: z.array(ogcLink),
})
export type OgcCollection = z.infer<typeof ogcCollection>

export const ogcCollections = z.object({ links: z.array(ogcLink), collections: z.array(ogcCollection) })

/** RFC 7946; longitude first, WGS84. Properties are flat: what opens them is a table. */
export const ogcFeature = z.object({
  type: z.literal('Feature'),
  id: z.string(),
  geometry: z.object({ type: z.string(), coordinates: z.array(z.unknown()) }).nullable(),
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type OgcFeature = z.infer<typeof ogcFeature>

export const ogcItem = ogcFeature.extend({ links: z.array(ogcLink) })

export const ogcItems = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(ogcFeature),
  links: z.array(ogcLink),
  timeStamp: instant,
  /** All that the filters let through, and how many of them are on this page. */
  numberMatched: z.number().int(),
  numberReturned: z.number().int(),
})
