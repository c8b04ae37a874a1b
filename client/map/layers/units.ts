import type { Layer } from '@deck.gl/core'
import { IconLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../geo/earth.ts'
import { fixAgeSeconds, freshness } from '../../../geo/track/freshness.ts'
import type { Freshness } from '../../../geo/track/freshness.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import type { Track } from '../../state/picture.ts'
import { COLOUR, rgb } from '../../theme/colours.ts'

/** Pixels at 1080p. */
export const UNIT_SIZE = 30
const CELL = 96
const SHAPES = ['arrow', 'arrow-open', 'dot', 'dot-open'] as const
type Shape = (typeof SHAPES)[number]

export interface UnitMark {
  id: string
  place: LonLat
  heading: number | null
  callsign: string
  busy: boolean
  moving: boolean
  freshness: Freshness
}

/**
 * Units worth a mark: on duty or on a job. Lost ones stay, outlined, where they were last seen; one that never sent a fix
 * stands outlined at its post, which is all that is known. Null: nothing to draw.
 */
export function unitMark(
  unit: Unit,
  track: Track | undefined,
  place: LonLat | undefined,
  now: number,
): UnitMark | null {
  if (unit.duty !== 'on' && unit.incident_id === null) return null
  const { id, callsign } = unit
  const busy = unit.incident_id !== null
  if (!track || !place) {
    const post = unit.station_location?.coordinates
    return post ? { id, callsign, busy, place: post, heading: null, moving: false, freshness: 'lost' } : null
  }
  const moving = track.motion.speed_mps > 0
  return {
    id,
    callsign,
    busy,
    place,
    moving,
    heading: moving ? track.motion.heading : null,
    freshness: freshness(fixAgeSeconds(track.last.at, now)),
  }
}

const shapeOf = (m: UnitMark): Shape =>
  `${m.heading === null ? 'dot' : 'arrow'}${m.freshness === 'fresh' ? '' : '-open'}`

/** Filled: the position is fresh. Outlined: older than a minute. Arrow: driving that way. Dot: standing. */
export function unitLayers(marks: readonly UnitMark[], scale: number, atlas: HTMLCanvasElement): Layer[] {
  return [
    new IconLayer<UnitMark>({
      id: 'unit',
      data: marks,
      iconAtlas: atlas as unknown as string,
      iconMapping: ICONS,
      getIcon: shapeOf,
      getPosition: (m) => m.place,
      getAngle: (m) => -(m.heading ?? 0),
      sizeUnits: 'pixels',
      getSize: (m) => (m.busy ? UNIT_SIZE : UNIT_SIZE * 0.72) * scale,
      getColor: (m) => [...rgb(m.busy ? COLOUR.unit : COLOUR.idle), m.freshness === 'lost' ? 150 : 255],
    }),
  ]
}

const ICONS = Object.fromEntries(
  SHAPES.map((shape, i) => [
    shape,
    { x: i * CELL, y: 0, width: CELL, height: CELL, anchorX: CELL / 2, anchorY: CELL / 2, mask: true },
  ]),
)

/** The four shapes, white on nothing: deck.gl tints them. */
export function unitAtlas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = CELL * SHAPES.length
  canvas.height = CELL
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no 2D canvas for the unit signs')
  pen.fillStyle = pen.strokeStyle = '#fff'
  pen.lineWidth = 8
  pen.lineJoin = 'round'
  SHAPES.forEach((shape, i) => {
    pen.setTransform(1, 0, 0, 1, i * CELL + CELL / 2, CELL / 2)
    pen.beginPath()
    if (shape.startsWith('arrow')) {
      pen.moveTo(0, -40)
      pen.lineTo(29, 36)
      pen.lineTo(0, 20)
      pen.lineTo(-29, 36)
      pen.closePath()
    } else pen.arc(0, 0, 21, 0, Math.PI * 2)
    if (shape.endsWith('open')) pen.stroke()
    else pen.fill()
  })
  return canvas
}
