import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { HEALTH_PARTS, READY_PARTS } from '../../geo/wire/health.ts'
import { faultsOf, keepScreenshot } from '../helpers/browser.ts'
import { openRoom, says, saysNot } from '../helpers/room.ts'

const room = openRoom()
afterEach(async () => {
  for (const context of room.browser.contexts()) await context.close()
})

/** Two points of the built-in city that no name of it lies at. */
const HERE = { type: 'Point', coordinates: [109.6702, -6.8958] }
const THERE = { type: 'Point', coordinates: [109.6881, -6.8847] }

/** What an operator saves when the words led nowhere and the pin was set by hand. */
async function correct(words: string, location: object): Promise<void> {
  await room.ask('POST', '/api/incidents', {
    incident_type: 'pohon_tumbang',
    address_text: words,
    location,
    accuracy_m: 25,
    pin_source: 'map',
  })
}

async function open(role: string, where = 'admin'): Promise<{ page: Page; faults: string[] }> {
  const context = await room.browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  const faults = faultsOf(page)
  await page.goto(`${room.server.url}/${where}?token=${room.token(role)}`)
  return { page, faults }
}
/** The list is looked at again and again: what an operator saved a moment ago comes by itself. */
const row = (page: Page, words: string) => page.waitForSelector(`[data-alias]:has-text("${words}")`)
const found = async (words: string) =>
  (
    await room.ask<{
      features: { geometry: { coordinates: number[] }; properties: { geocoding: { score: number } } }[]
    }>('GET', `/api/geocode?q=${encodeURIComponent(words)}`)
  ).features[0]

describe('other names of a place, on the admin page', () => {
  it('are proposed by a correction, in force only when accepted, and withdrawn again, all by keyboard', async () => {
    await correct('pohon tumbang di proliman wiyoro', HERE)
    const { page, faults } = await open('admin')
    await row(page, 'proliman wiyoro')
    expect((await found('proliman wiyoro'))?.properties.geocoding.score ?? 0).toBeLessThan(0.5)

    await page.keyboard.press('ArrowDown')
    await page.waitForSelector('[data-alias][aria-current="true"]')
    await page.waitForSelector('.alias-target')
    expect(await page.inputValue('#alias')).toBe('proliman wiyoro')
    await keepScreenshot(page, 'admin-alias')
    await page.keyboard.press('t')
    await saysNot(page, /proliman wiyoro/)

    const now = await found('dekat proliman wiyoro')
    expect(now.geometry.coordinates[0]).toBeCloseTo(HERE.coordinates[0], 5)
    expect(now.properties.geocoding.score).toBeGreaterThan(0.8)

    await page.click('.state:has-text("Berlaku")')
    await row(page, 'proliman wiyoro')
    await page.keyboard.press('ArrowDown')
    await page.waitForSelector('[data-alias][aria-current="true"]')
    await page.keyboard.press('x')
    await saysNot(page, /proliman wiyoro/)
    expect((await found('proliman wiyoro'))?.properties.geocoding.score ?? 0).toBeLessThan(0.5)
    expect(faults).toEqual([])
  })

  it('take better words, and tell at the field why they cannot', async () => {
    await correct('laka di bunderan kembar', THERE)
    const { page } = await open('admin')
    await (await row(page, 'bunderan kembar')).click()
    await page.fill('#alias', 'masjid')
    await page.click('button:has-text("Terima")')
    await page.waitForSelector('#alias[aria-invalid="true"]')
    await says(page, /Ditolak server/)
    await page.fill('#alias', 'tugu kembar')
    await page.click('button:has-text("Terima")')
    await saysNot(page, /bunderan kembar/)
    expect((await found('tugu kembar')).geometry.coordinates[1]).toBeCloseTo(THERE.coordinates[1], 5)
  })

  it('are given by an admin too', async () => {
    const { page, faults } = await open('admin')
    await page.click('button:has-text("Tambah nama lain")')
    await page.fill('#new_alias', 'lampu merah ponolawen')
    await page.focus('#location')
    await page.keyboard.type('-6.8902, 109.6655')
    await page.waitForSelector('#location-list[aria-busy="false"] [role="option"]')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#new_alias', { state: 'detached' })
    const now = await found('lampu merah ponolawen')
    expect(now.geometry.coordinates).toEqual([expect.closeTo(109.6655, 4), expect.closeTo(-6.8902, 4)])
    expect(faults).toEqual([])
  })

  it('are seen but not decided by a supervisor, and nothing of it by an operator', async () => {
    await correct('pohon tumbang di sumur bandhung lawas', HERE)
    const supervisor = await open('supervisor')
    await (await row(supervisor.page, 'sumur bandhung lawas')).click()
    await says(supervisor.page, /Hanya admin yang memutuskan/)
    expect(await supervisor.page.locator('button:has-text("Terima")').count()).toBe(0)
    await supervisor.page.keyboard.press('t')
    const operator = await open('operator')
    await says(operator.page, /Peran operator tidak memakai halaman ini/)
    expect(await operator.page.locator('[data-alias]').count()).toBe(0)
    await row(supervisor.page, 'sumur bandhung lawas')
  })
})

describe('the dispatch ledger', () => {
  it('tells a month in words with its n, and walks months by keyboard', async () => {
    const made = await room.ask<{ incident: { id: string }; recommendations: { units: { unit_id: string }[] }[] }>(
      'POST',
      '/api/incidents',
      { incident_type: 'sakit_mendadak', location: HERE },
    )
    const [first, second] = made.recommendations[0].units
    const send = (unit_id: string, more: object = {}) =>
      room.ask('POST', `/api/incidents/${made.incident.id}/assignments`, { unit_ids: [unit_id], ...more })
    await send(second.unit_id, { override_reason: 'permintaan_opd' })
    await send(first.unit_id)
    const { page, faults } = await open('kabid')
    await page.waitForSelector('[data-table="others"]')
    await says(page, /2 keputusan[\s\S]*Terlalu sedikit/)
    await says(page, /Permintaan OPD/)
    await keepScreenshot(page, 'admin-ledger')
    const month = await page.getAttribute('main', 'data-month')
    await page.keyboard.press('ArrowLeft')
    await says(page, /Tidak ada pengiriman yang tercatat/)
    expect(await page.getAttribute('main', 'data-month')).not.toBe(month)
    await page.keyboard.press('ArrowRight')
    await page.waitForSelector('[data-table="agencies"]')
    expect(faults).toEqual([])
  })
})

describe('closures, on the admin page', () => {
  it('are drawn by keyboard, told before they are saved, seen on the wall, and taken back with one press', async () => {
    const { page, faults } = await open('admin')
    await page.click('nav a:has-text("Penutupan")')
    await page.waitForSelector('#closures-title')
    await page.waitForSelector('.maplibregl-canvas')
    await page.keyboard.press('n')
    await page.waitForSelector('#closure_place:focus')
    await page.keyboard.type('jl ra kartini')
    await page.waitForSelector('#closure_place-list[aria-busy="false"] [role="option"]')
    await page.keyboard.press('Enter')
    await says(page, /menutup .* m: .*Kartini/)
    await page.waitForSelector('#closure_reason:focus')
    await page.keyboard.type('Perbaikan gorong-gorong')
    await keepScreenshot(page, 'admin-closure')
    await page.keyboard.press('Control+Enter')
    await says(page, /Disimpan: Perbaikan gorong-gorong/)

    const wall = await open('screen', 'wall')
    await says(wall.page, /1 penutupan/, 60_000)
    await says(wall.page, /baru: Perbaikan gorong-gorong/)
    await wall.page.waitForSelector('.map-label.closure', { state: 'attached' })
    await keepScreenshot(wall.page, 'wall-closure')

    await page.keyboard.press('z')
    await saysNot(wall.page, /penutupan/)
    await says(page, /Tidak ada penutupan yang berlaku/)
    expect([...faults, ...wall.faults]).toEqual([])
  })

  it('are seen and not changed by a supervisor', async () => {
    const { page } = await open('supervisor')
    await page.click('nav a:has-text("Penutupan")')
    await says(page, /Hanya admin yang mengubah penutupan/)
    await page.keyboard.press('n')
    expect(await page.locator('#closure_place').count()).toBe(0)
    expect(await page.locator('button:has-text("Rob seperti 2021")').count()).toBe(0)
  })
})

describe('the table of needs', () => {
  it('is changed by keyboard and shows at once on an open console, which says what is missing and asks where to stand', async () => {
    const desk = await room.browser.newContext({ viewport: { width: 1920, height: 1080 } })
    const console_page = await desk.newPage()
    const faults = faultsOf(console_page)
    const { incident } = await room.ask<{ incident: { id: string; number: string } }>('POST', '/api/incidents', {
      incident_type: 'sarang_tawon',
      location: HERE,
      accuracy_m: 25,
    })
    await console_page.goto(`${room.server.url}/console?token=${room.token('operator')}`)
    await console_page.click(`nav [data-row]:has-text("${incident.number.slice(-4)}")`)
    await console_page.waitForSelector('[data-kind="damkar"]')

    const { page, faults: admin_faults } = await open('admin')
    await page.click('nav a[href="#needs"]')
    await page.focus('[data-type="kebakaran"]')
    await page.keyboard.press('ArrowDown')
    await page.focus('[data-type="sarang_tawon"]')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.matches('.form select'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('9')
    await says(page, /hanya 2 unit mampu/)
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('[data-type="sarang_tawon"] small')
    await keepScreenshot(page, 'admin-needs')

    await console_page.waitForSelector('[data-shortfall="7"]')
    await says(console_page, /Bantuan: *Damkar Kab\. Batang/)
    await console_page.keyboard.press('m')
    await console_page.waitForSelector('[data-moves]')
    await says(console_page, /Geser unit/)
    await keepScreenshot(console_page, 'console-move-up')
    await console_page.keyboard.press('Escape')
    await console_page.waitForSelector('[data-moves]', { state: 'detached' })

    await page.click('button:has-text("Kembalikan bawaan")')
    await page.waitForSelector('[data-type="sarang_tawon"] small', { state: 'detached' })
    await console_page.waitForSelector('[data-shortfall="7"]', { state: 'detached' })
    expect([...faults, ...admin_faults]).toEqual([])
  })
})

describe('accounts', () => {
  it('are made by an admin, get a password from their owner, and sign in back to where they came from', async () => {
    const admin = await open('admin', 'admin')
    await admin.page.click('nav a:has-text("Akun")')
    await admin.page.waitForSelector('#accounts-title')
    await admin.page.keyboard.press('n')
    await admin.page.waitForSelector('#account-login:focus')
    await admin.page.keyboard.type('agen9')
    await admin.page.keyboard.press('Enter')
    await says(admin.page, /Akun agen9 dibuat/)
    await admin.page.click('button:has-text("Buat tautan kata sandi")')
    await admin.page.waitForSelector('#link')
    const link = await admin.page.inputValue('#link')
    await keepScreenshot(admin.page, 'admin-accounts')

    const page = await (await room.browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
    const faults = faultsOf(page)
    await page.goto(link)
    await page.waitForSelector('#password:focus')
    for (const [password, repeat] of [
      ['password1234', 'password1234'],
      ['kuda lumping dua belas', 'kuda lumping dua belas'],
    ]) {
      await page.fill('#password', password)
      await page.fill('#repeat', repeat)
      await page.keyboard.press('Enter')
      if (password === 'password1234') await page.waitForSelector('#password[aria-invalid="true"]:focus')
    }
    await page.waitForURL('**/console')

    await page.goto(`${room.server.url}/masuk`)
    await says(page, /Akun agen9, peran operator/)
    await page.click('button:has-text("Keluar")')
    await page.waitForSelector('#login:focus')
    await page.goto(`${room.server.url}/console`)
    await page.click('a:has-text("Masuk")')
    await page.waitForSelector('#login:focus')
    await keepScreenshot(page, 'sign-in')
    await page.keyboard.type('agen9')
    await page.keyboard.press('Tab')
    await page.keyboard.type('bukan kata sandinya')
    await page.keyboard.press('Enter')
    await says(page, /Nama masuk atau kata sandi salah/)
    await page.keyboard.type('kuda lumping dua belas')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/console')
    await saysNot(page, /Anda belum masuk/)
    expect([...admin.faults, ...faults]).toEqual([])
  })
})

describe('personal data', () => {
  it('is looked up, held and erased by number, tells who looked, and a breach runs on every page until it is concluded', async () => {
    const { incident } = await room.ask<{ incident: { id: string; number: string } }>('POST', '/api/incidents', {
      ...{ incident_type: 'pohon_tumbang', location: HERE, caller_name: 'Siti Aminah', caller_number: '081234567878' },
    })
    await room.ask('PATCH', `/api/incidents/${incident.id}`, { status: 'cancelled', note: 'salah lapor' })
    const { page, faults } = await open('admin', 'admin')
    await page.click('nav a:has-text("Data pribadi")')
    await page.fill('#case-number', incident.number)
    await page.keyboard.press('Enter')
    await says(page, /S\. A\. · 0812••••••78/)
    await page.click('button:has-text("Hapus atas permintaan")')
    await page.waitForSelector('#why:focus')
    await page.keyboard.type('surat pemohon 28 November')
    await page.click('button:has-text("Hapus selamanya")')
    await says(page, /Tidak ada data pribadi lagi/)
    await says(page, /Dihapus atas permintaan pada .* surat pemohon/)
    await page.click('#privacy-account')
    await says(page, /admin:/)

    await page.click('#privacy-breach')
    await page.click('button:has-text("Daftarkan dugaan")')
    await page.fill('#breach-what', 'Layar difoto dan beredar.')
    await page.click('button:has-text("Daftarkan dan jalankan jam")')
    await page.waitForSelector('[data-breach-clock="running"]')
    await says(page, /Data apa yang terungkap belum ditulis/)
    await page.fill('#add-number', incident.number)
    await page.keyboard.press('Enter')
    await page.waitForSelector('[data-cases="1"]')
    await page.click('nav a:has-text("Nama lain")')
    await says(page, /Kegagalan pelindungan data/)
    await page.click('[data-breach-alarm="running"] a')
    await page.waitForSelector('[data-notice="authority"]')
    for (const whom of ['authority', 'subjects']) {
      await page.fill(`#${whom}-how`, 'surat')
      await page.keyboard.press('Enter')
      await page.waitForSelector(`[data-told="${whom}"] .told`)
    }
    await page.fill('#conclusion', 'Ditangani.')
    await page.click('button:has-text("Akhiri: kegagalan")')
    await says(page, /Kegagalan, selesai/)
    await keepScreenshot(page, 'admin-privacy')
    await page.waitForSelector('[data-breach-alarm]', { state: 'detached' })
    expect(faults).toEqual([])
  })
})

describe('the supervisor’s page, by keyboard', () => {
  it('answers an operator who asks to cancel; he hears it on his console at once', async () => {
    const [{ id: agency_id }] = await room.ask<{ id: string }[]>('GET', '/api/agencies')
    const { incident } = await room.ask<{ incident: { id: string; number: string } }>('POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: HERE,
    })
    await room.ask('POST', `/api/incidents/${incident.id}/assignments`, {
      agency_ids: [agency_id],
      override_reason: 'uji',
    })
    const operator = await open('operator', 'console')
    await operator.page.click(`[data-row="${incident.number}"]`)
    await operator.page.click('button:has-text("Minta pembatalan")')
    await operator.page.fill('#action_note', 'pelapor-menarik-laporan')
    await operator.page.keyboard.press('Enter')
    await operator.page.waitForSelector('[data-cancellation="open"]')

    const { page, faults } = await open('supervisor', 'supervisor')
    await page.waitForSelector('em:has-text("minta dibatalkan")')
    await page.keyboard.press('ArrowDown')
    await says(page, /pelapor-menarik-laporan/)
    await keepScreenshot(page, 'supervisor-now')
    await page.keyboard.press('y')
    await page.waitForSelector('em:has-text("minta dibatalkan")', { state: 'detached' })
    await operator.page.waitForSelector('[data-news="approved"]')
    expect([...faults, ...operator.faults]).toEqual([])
  })

  it('plans a shift, says what it lacks, and the Kabid finds the cancelled case drawn', async () => {
    await room.ask('PUT', '/api/staff/agen1', { name: 'Uji' }, 'admin')
    const { page, faults } = await open('supervisor', 'supervisor')
    await page.click('a[href="#plan"]')
    await page.waitForSelector('[data-cell="here"]')
    await page.keyboard.press('p')
    await page.waitForSelector('[data-cell="here"] b.pagi')
    await page.waitForSelector('[data-flag="unstaffed"]')
    await page.keyboard.press('m')
    await page.waitForSelector('[data-flag="twice"]')
    await page.keyboard.press('Delete')
    await page.waitForFunction(() => !document.querySelector('[data-flag="twice"]'))

    const kabid = await open('kabid', 'supervisor')
    await kabid.page.waitForSelector('[data-review]:has-text("batal setelah dikirim")')
    await kabid.page.keyboard.press('ArrowDown')
    await kabid.page.keyboard.press('t')
    await kabid.page.fill('#finding-words', 'tindakan-sudah-tepat')
    await kabid.page.click('button:has-text("Simpan")')
    await kabid.page.waitForSelector('[data-finding="note"]')
    await kabid.page.keyboard.press('d')
    await says(kabid.page, /1 dari 1 selesai ditinjau/)
    expect([...faults, ...kabid.faults]).toEqual([])
  })
})

describe('complaints and the survey', () => {
  it('go from the form to the answer by keyboard, and from a link to the index on a phone', async () => {
    const { page, faults } = await open('complaints_officer', 'complaints')
    await says(page, /Tidak ada pengaduan yang terbuka/)
    await page.keyboard.press('n')
    await page.waitForSelector('input[name="channel"]:focus')
    await page.keyboard.press('Space')
    await page.focus('input[name="category"]')
    await page.keyboard.press('ArrowDown')
    await page.fill('#words', 'bantuan datang setelah satu jam')
    await page.fill('#name', 'Siti Rahayu')
    await page.keyboard.press('Control+Enter')
    await says(page, /PGD-\d{8}-0001 terdaftar/)
    await says(page, /Siti Rahayu/)
    expect(await page.locator('.list').innerText()).not.toContain('Siti')
    const taken = page.waitForResponse((answer) => /\/steps$/.test(answer.url()) && answer.ok())
    await page.keyboard.press('t')
    await taken
    await says(page, /Ditangani/)
    await page.keyboard.press('j')
    await page.waitForSelector('#step-words:focus')
    await page.keyboard.type('kami mohon maaf')
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.waitForSelector('#step-words:focus')
    expect(await page.inputValue('#step-words')).toBe('kami mohon maaf')
    await page.keyboard.press('Control+Enter')
    await says(page, /Selesai sendiri sesudah/)
    await keepScreenshot(page, 'complaints')

    const { incident } = await room.ask<{ incident: { id: string; number: string } }>('POST', '/api/incidents', {
      incident_type: 'sarang_tawon',
      location: THERE,
    })
    const over = { status: 'handed_over', handed_over_to: '112 Kab. Batang' }
    await room.ask('PATCH', `/api/incidents/${incident.id}`, over)
    await page.click('nav a[href="#skm"]')
    await says(page, /Belum ada jawaban/)
    await page.fill('#invite-number', incident.number)
    await page.keyboard.press('Enter')
    await page.waitForSelector('#invite-text')
    const link = (await page.inputValue('#invite-text')).match(/http\S+#[\w-]+/)?.[0] ?? ''

    const phone = await (await room.browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    const phone_faults = faultsOf(phone)
    await phone.goto(link)
    await phone.click('button:has-text("Mulai")')
    for (let n = 1; n <= 9; n++) {
      await says(phone, new RegExp(`Pertanyaan ${n} dari 9`))
      await phone.click('.answer:nth-child(3)')
    }
    await keepScreenshot(phone, 'survey')
    await phone.click('button:has-text("Kirim")')
    await says(phone, /Terima kasih/)
    expect(phone_faults).toEqual([])
    await phone.reload()
    await says(phone, /Tautan ini tidak berlaku/)
    await page.reload()
    await says(page, /1 jawaban: terlalu sedikit untuk ditampilkan/)
    expect(faults).toEqual([])
  })
})

describe('health of the service', () => {
  it('says in a sentence how it stands, each part in a row, and by itself when the server goes', async () => {
    const { page } = await open('supervisor', 'admin')
    await page.goto(`${room.server.url}/admin#health`)
    // Whatever the tests before left behind is told: a wall that was opened and closed is missed.
    await page.waitForSelector('[data-health]')
    for (const part of HEALTH_PARTS) await page.waitForSelector(`[data-part="${part}"]`)
    await keepScreenshot(page, 'admin-health')
    // The database away, as far as this page can tell: nobody can be let in, and the probe says why.
    const components = READY_PARTS.map((id) => ({
      id,
      state: id === 'database' ? 'down' : 'ok',
      words: id === 'database' ? 'Basis data tidak menjawab' : 'Baik',
      words_en: id === 'database' ? 'The database does not answer' : 'Well',
      todo: id === 'database' ? 'Nyalakan PostgreSQL' : null,
      todo_en: id === 'database' ? 'Start PostgreSQL' : null,
    }))
    await page.route('**/api/health', (route) => route.fulfill({ status: 503, body: '{}' }))
    await page.route('**/health/ready', (route) => route.fulfill({ status: 503, json: { components } }))
    await page.waitForSelector('[data-health="down"]')
    await says(page, /Basis data tidak menjawab, sejak .* WIB/)
    await says(page, /Nyalakan PostgreSQL/)
    await page.route('**/health/ready', (route) => route.abort())
    await says(page, /Server tidak menjawab/)
  })
})
