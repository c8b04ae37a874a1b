import type { Layer } from '@deck.gl/core'
import { distanceM } from '../../geo/earth.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { Live } from '../state/live.svelte.ts'
import { IncidentSigns } from './layers/incidents.ts'
import { UNCERTAIN_FROM_M, Uncertainty } from './layers/uncertainty.ts'
import { UnitSigns } from './layers/units.ts'
import type { UnitMark } from './layers/units.ts'
import { Ways } from './layers/ways.ts'
import type { Movers } from './movers.ts'
import type { RoadWays } from './roads/road_ways.ts'
import { SignAtlas } from './signs/atlas.ts'

/**
 * What moves and ends on the map: incidents, units, their ways, and how far off each may be. Called by LiveMap, which says where the eye is; knows
 * nothing of the map below.
 */
export class LiveSigns {
  private readonly incidents = new IncidentSigns()
  private readonly units = new UnitSigns()
  private readonly ways = new Ways()
  private readonly uncertain = new Uncertainty()
  private atlas: SignAtlas
  /** Open incidents whose place may be far off. */
  private vague: Incident[] = []

  constructor(
    private readonly live: Live,
    private readonly movers: Movers,
    private readonly roads: RoadWays,
    private scale: number,
  ) {
    this.atlas = this.newAtlas()
  }

  get marks(): readonly UnitMark[] {
    return this.units.marks
  }
  get placed(): readonly LonLat[] {
    return this.incidents.placed
  }

  /** The list was ranked anew: whether the picture `changed`, and whether an incident lies elsewhere than before (`moved`). */
  rank(masterdata: boolean): { changed: boolean; moved: boolean } {
    const { list, picture } = this.live
    if (masterdata && [...picture.types.values()].some(({ letter }) => !this.atlas.has(`letter ${letter}`)))
      this.redraw(this.scale)
    const changed = this.incidents.show(list, picture.types, this.atlas)
    const { moved } = this.incidents
    if (moved) this.vague = list.flatMap(({ incident }) => (incident.accuracy_m >= UNCERTAIN_FROM_M ? incident : []))
    // A fix that has grown old is drawn otherwise, without anything having moved.
    return { changed: this.showUnits() || changed, moved }
  }

  /** Which units there are, or what they do, changed. */
  arrange(): void {
    this.units.arrange(this.live.picture)
    this.showUnits()
  }

  /** Signs of another size or theme, or more of them: everything that shows one is made anew. */
  redraw(scale: number): void {
    this.scale = scale
    this.atlas = this.newAtlas()
    this.again()
  }

  /** Everything from scratch: layers die with their context, or when they were left out once. */
  again(): void {
    for (const part of [this.incidents, this.units, this.ways, this.uncertain]) part.again()
    this.incidents.show(this.live.list, this.live.picture.types, this.atlas)
    this.showUnits()
  }

  /** The same layers as long as nothing in them changed; `pixel_m`: metres in a pixel at 1080p. */
  layers(pixel_m: number): Layer[] {
    this.units.follow()
    this.showWays(pixel_m)
    this.showUncertainty()
    const { scale, atlas } = this
    return [
      this.uncertain.layer(scale),
      this.ways.layer(scale),
      this.units.layer(scale, atlas),
      ...this.incidents.layers(scale, atlas),
    ]
  }

  private newAtlas(): SignAtlas {
    const letters = Array.from(this.live.picture.types.values(), ({ letter }) => letter)
    return new SignAtlas(this.scale * devicePixelRatio, letters)
  }

  private showUnits(): boolean {
    return this.units.show(this.live.picture, this.movers.shown, this.live.server_now(), this.atlas)
  }

  /** Who goes where. Where no road is known, or the unit left it, as the crow flies. */
  private showWays(pixel_m: number): void {
    const { units, incidents } = this.live.picture
    this.ways.begin()
    for (const mark of this.units.marks) {
      if (!mark.busy || mark.state === 'on_scene') continue
      const incident = incidents.get(units.get(mark.id)?.incident_id ?? '')
      if (!incident) continue
      const under_way = mark.state === 'en_route'
      const way = this.roads.held(mark.id)?.way
      if (way && way.coordinates.length > 1 && way.seconds !== null) {
        this.ways.add(way.coordinates, way.metres, this.movers.ahead.get(mark.id) ?? 0, pixel_m, under_way)
      } else {
        const to: LonLat = [incident.location.coordinates[0], incident.location.coordinates[1]]
        this.ways.add([mark.place, to], [0, distanceM(mark.place, to)], 0, pixel_m, under_way)
      }
    }
    this.ways.end()
  }

  /** Circles around places that may be far off: of open incidents, and of units on a case. */
  private showUncertainty(): void {
    this.uncertain.begin()
    for (const { location, accuracy_m } of this.vague)
      this.uncertain.add(location.coordinates[0], location.coordinates[1], accuracy_m, 'incident')
    for (const { id, busy, place } of this.units.marks) {
      const accuracy_m = busy ? (this.live.picture.units.get(id)?.position?.accuracy_m ?? 0) : 0
      if (accuracy_m >= UNCERTAIN_FROM_M) this.uncertain.add(place[0], place[1], accuracy_m, 'unit')
    }
    this.uncertain.end()
  }
}
