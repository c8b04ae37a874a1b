import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Camera, type CameraMap, type Viewed } from '../../../client/map/camera.ts'
import { HANDS_OFF_MS, VISIT_MS } from '../../../client/map/camera_plan.ts'
import type { Bounds } from '../../../client/map/geometry.ts'

const CITY: Bounds = [109.63, -6.95, 109.73, -6.85]
const IN_CITY: Viewed = { id: 'a', place: [109.67, -6.89], critical: false }
const OUTSIDE: Viewed = { id: 'b', place: [109.6, -6.98], critical: false }
const ON_THE_EQUATOR: Viewed = { id: 'c', place: [0, 0], critical: true }
const FIRE: Viewed = { id: 'fire', place: [109.7, -6.9], critical: true }

/** A map that goes where it is told at once and remembers each move. */
function fakeMap() {
  const canvas = new EventTarget()
  const view = { center: [0, 0], zoom: 1 }
  const moves: { center: [number, number]; zoom: number; duration: number }[] = []
  const map = {
    getCanvasContainer: () => canvas,
    cameraForBounds: ([[west, south], [east, north]]: [[number, number], [number, number]]) => ({
      center: { lng: (west + east) / 2, lat: (south + north) / 2 },
      zoom: Math.log2(360 / Math.max(east - west, north - south)),
    }),
    getCenter: () => ({ lng: view.center[0], lat: view.center[1] }),
    getZoom: () => view.zoom,
    easeTo: (to: { center: [number, number]; zoom: number; duration: number }) => {
      view.center = to.center
      view.zoom = to.zoom
      moves.push(to)
    },
  }
  return { map: map as unknown as CameraMap, moves, touch: () => canvas.dispatchEvent(new Event('wheel')) }
}

describe('the camera', () => {
  let fake: ReturnType<typeof fakeMap>
  let camera: Camera
  let hands: number[]
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    fake = fakeMap()
    hands = []
    camera = new Camera(
      fake.map,
      () => ({ top: 0, bottom: 0, left: 0, right: 0 }),
      (until) => hands.push(until),
    )
    camera.home(CITY)
    camera.look([IN_CITY])
    fake.moves.length = 0
  })
  afterEach(() => {
    camera.remove()
    vi.useRealTimers()
  })

  it('frames anew only when the set changes, and then everything that can be meant', () => {
    camera.look([{ ...IN_CITY, place: [109.68, -6.88] }])
    expect(fake.moves).toEqual([])
    camera.look([IN_CITY, OUTSIDE])
    expect(fake.moves).toHaveLength(1)
    const zoom = fake.moves[0].zoom
    camera.look([OUTSIDE, IN_CITY])
    camera.look([OUTSIDE, IN_CITY, ON_THE_EQUATOR])
    expect(fake.moves).toHaveLength(1)
    camera.look([IN_CITY])
    expect(fake.moves.at(-1)?.zoom).toBeGreaterThan(zoom)
  })

  it('flies to a new critical one, stays a while and returns; to each once', () => {
    camera.look([FIRE, IN_CITY])
    expect(fake.moves.map(({ center }) => center)).toEqual([FIRE.place])
    camera.look([FIRE, IN_CITY, OUTSIDE])
    vi.advanceTimersByTime(VISIT_MS - 1)
    expect(fake.moves).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(fake.moves).toHaveLength(2)
    expect(fake.moves[1].zoom).toBeLessThan(fake.moves[0].zoom)
    camera.look([FIRE, IN_CITY])
    vi.advanceTimersByTime(10 * VISIT_MS)
    expect(fake.moves.filter(({ center }) => center[0] === FIRE.place[0])).toHaveLength(1)
  })

  it('flies when one becomes critical, not to what was so before it looked, and back at once when it is over', () => {
    camera.look([{ ...IN_CITY, critical: true }])
    expect(fake.moves[0].center).toEqual(IN_CITY.place)
    camera.look([OUTSIDE])
    expect(fake.moves).toHaveLength(2)
    const late = fakeMap()
    const other = new Camera(late.map, () => ({ top: 0, bottom: 0, left: 0, right: 0 }), vi.fn())
    other.home(CITY)
    other.look([FIRE])
    expect(late.moves.every(({ center }) => center[0] !== FIRE.place[0])).toBe(true)
    other.remove()
  })

  it('stands still for a minute after a hand, whatever happens, and then looks where it should', () => {
    fake.touch()
    expect(hands).toEqual([performance.now() + HANDS_OFF_MS])
    camera.look([FIRE, IN_CITY, OUTSIDE])
    camera.again()
    vi.advanceTimersByTime(HANDS_OFF_MS - 1)
    expect(fake.moves).toEqual([])
    vi.advanceTimersByTime(1)
    expect(fake.moves).toHaveLength(1)
  })

  it('a hand ends a visit, and the camera does not come back early', () => {
    camera.look([FIRE, IN_CITY])
    fake.touch()
    vi.advanceTimersByTime(VISIT_MS + 1000)
    expect(fake.moves).toHaveLength(1)
  })

  it('flies nowhere while another scene has the word, and keeps its view through a change of size', () => {
    camera.quiet = true
    camera.look([FIRE, IN_CITY])
    expect(fake.moves.every(({ center }) => center[0] !== FIRE.place[0])).toBe(true)
    camera.again()
    expect(fake.moves.every(({ duration, zoom }) => duration >= 0 && zoom > 1)).toBe(true)
  })
})
