import type { LonLat } from '../../../geo/earth.ts'
import { say } from '../text/say.ts'
import { ask } from '../../state/api.ts'
import { call, places } from './answers.ts'
import type { Fields } from './intake.ts'
import { isAt, unnamed } from './pin.ts'
import type { DevicePin, Pin } from './pin.ts'
import { nameOf } from './places.svelte.ts'
import { nextRadius, roundRadius } from './radius.ts'
import { sharedPosition } from './shared_position.ts'

/** Which regency's words decide a reading while there is no pin: the middle of the city is near enough. */
const CITY: LonLat = [109.675, -6.89]

/**
 * The pins of one call: the first, which is where units go, and the second, where the caller's phone is. Whatever arrives from a phone becomes
 * the second; the first moves only by the operator's hand.
 */
export class Pinning {
  /** A position was pasted that could not be read: why, in words. */
  unread = $state('')
  private turn = 0

  constructor(private readonly fields: () => Fields) {}

  /** The operator puts the pin here by hand; its name follows when the server knows one. */
  async place(lon: number, lat: number, accuracy_m: number): Promise<void> {
    const { pin } = this.fields()
    const circle = pin?.drawn ? { accuracy_m: pin.accuracy_m, drawn: true } : { accuracy_m }
    this.put({ lon, lat, ...circle, label: unnamed(lon, lat), inside_city: true, source: 'map', settled: true })
    await this.rename()
  }

  settle(): void {
    this.change({ settled: true })
  }

  /** Widens the circle of doubt by a step, or narrows it. */
  widen(direction: number): void {
    const { pin } = this.fields()
    if (pin?.settled) this.change({ accuracy_m: nextRadius(pin.accuracy_m, direction), drawn: true })
  }

  radius(metres: number): void {
    if (this.fields().pin?.settled) this.change({ accuracy_m: roundRadius(metres), drawn: true })
  }

  /** Takes the other reading of coordinates that look swapped; once more takes the first again. */
  async swap(): Promise<void> {
    const { pin } = this.fields()
    if (!pin?.alternative) return
    const [lon, lat] = pin.alternative
    const { accuracy_m, source, doubt } = pin
    const named = { label: unnamed(lon, lat), inside_city: true }
    this.put({ lon, lat, accuracy_m, ...named, source, doubt, settled: true, alternative: [pin.lon, pin.lat] })
    await this.rename()
  }

  /**
   * Takes a pasted text as the phone's position, when it is one and something stands already that it must not replace. False leaves the text to
   * the field.
   */
  paste(text: string): boolean {
    const { pin, place_text } = this.fields()
    if (!pin?.settled && place_text.trim() === '') return false
    const read = sharedPosition(text, pin ? [pin.lon, pin.lat] : CITY)
    if (read === null) return false
    void this.share(text, read)
    return true
  }

  /** A position of the phone, offered as the second pin. */
  async offer(position: Omit<DevicePin, 'label' | 'inside_city'>): Promise<void> {
    const { lon, lat } = position
    const device: DevicePin = { ...position, label: unnamed(lon, lat), inside_city: true }
    this.unread = ''
    this.fields().device = device
    const name = await nameOf(lon, lat)
    const held = this.fields().device
    if (!name || held?.lon !== lon || held.lat !== lat) return
    this.fields().device = { ...held, ...name }
    // It may have been taken meanwhile.
    if (isAt(this.fields().pin, held)) this.change(name)
  }

  /** What the network says of the phone, if anything. */
  async look(call_id: string): Promise<void> {
    const answer = await ask('GET', `/api/calls/${call_id}`, call)
    if (!answer.ok || !answer.value.device_location) return
    const { device_location, device_accuracy_m, device_located_at } = answer.value
    const [lon, lat] = device_location.coordinates
    const held = this.fields().device
    if (held?.lon === lon && held.lat === lat && held.located_at === (device_located_at ?? null)) return
    await this.offer({ lon, lat, accuracy_m: device_accuracy_m ?? 100, located_at: device_located_at ?? null })
  }

  /** Names the pin where it stands, unless it moves on meanwhile. */
  async rename(): Promise<void> {
    const { turn } = this
    const { pin } = this.fields()
    const name = pin && (await nameOf(pin.lon, pin.lat))
    if (name && turn === this.turn && this.fields().pin?.lon === pin.lon) this.change(name)
  }

  /** The phone's position becomes the pin; pressed again, the pin is what it was before. */
  toggleDevice(): void {
    const fields = this.fields()
    const { device, pin, before_device } = fields
    if (!device) return
    this.turn++
    if (isAt(pin, device)) {
      if (!before_device) return
      fields.pin = before_device.pin
      fields.before_device = null
    } else {
      const { lon, lat, accuracy_m, label, inside_city, county, border_distance_m } = device
      fields.before_device = { pin }
      fields.pin = {
        ...{ lon, lat, accuracy_m, label, inside_city, county, border_distance_m },
        source: 'device',
        settled: true,
      }
    }
  }

  private async share(text: string, read: Exclude<ReturnType<typeof sharedPosition>, null>): Promise<void> {
    const answer = await ask(
      'GET',
      `/api/geocode?${new URLSearchParams({ q: text.slice(0, 500), limit: '1' })}`,
      places,
    )
    const found = answer.ok ? answer.value.features[0] : undefined
    if (found) {
      const [lon, lat] = found.geometry.coordinates
      await this.offer({ lon, lat, accuracy_m: found.properties.geocoding.accuracy, located_at: null })
    } else if (read !== 'unread') {
      const [lon, lat] = read.point
      await this.offer({ lon, lat, accuracy_m: read.accuracy_m, located_at: null })
    } else this.unread = (answer.ok ? answer.value.ask : null) ?? say('device_unread')
  }

  private put(pin: Pin): void {
    this.turn++
    this.fields().pin = pin
  }

  private change(change: Partial<Pin>): void {
    const fields = this.fields()
    if (fields.pin) fields.pin = { ...fields.pin, ...change }
  }
}
