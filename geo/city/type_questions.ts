/** What to ask a caller: as it is asked and written down, and in English. */
export type Question = readonly [id: string, en: string]

const HURT: Question = ['Ada korban? Berapa?', 'Anybody hurt? How many?']
const TRAPPED: Question = ['Ada yang terjebak?', 'Anybody trapped?']
const GAS: Question = ['Dekat gas atau bahan kimia?', 'Near gas or chemicals?']
const DEPTH: Question = ['Setinggi apa airnya?', 'How deep is the water?']
const FRAIL: Question = ['Ada lansia, bayi, atau orang sakit?', 'Old people, infants or sick people?']
const ROAD: Question = ['Jalan masih bisa dilalui?', 'Can the road still be passed?']
const WEAPON: Question = ['Ada senjata?', 'Any weapon?']
const SAFE: Question = ['Penelepon aman?', 'Is the caller safe?']
const WIRES: Question = ['Mengenai kabel listrik?', 'On power lines?']
const SINCE: Question = ['Sejak kapan?', 'Since when?']
const WHERE: Question = ['Tepatnya di mana?', 'Where exactly?']
const WHO: Question = ['Berapa orang, ciri-cirinya?', 'How many people, what do they look like?']

/** For each type of incident the few questions whose answers change who is sent or what they bring, the most urgent first. */
// prettier-ignore
export const TYPE_QUESTIONS: Readonly<Record<string, readonly Question[]>> = {
  kebakaran: [TRAPPED, ['Apa yang terbakar?', 'What is burning?'], GAS, HURT, ['Mobil damkar bisa masuk?', 'Can a fire engine get in?']],
  kebakaran_industri: [TRAPPED, ['Apa yang terbakar?', 'What is burning?'], ['Bahan kimia apa di sana?', 'Which chemicals are there?'], ['Pekerja sudah keluar semua?', 'Are all workers out?'], HURT],
  bahan_kimia: [['Bahan apa, dari mana?', 'Which substance, from where?'], HURT, ['Ada api atau bau menyengat?', 'Fire or a sharp smell?'], ['Orang sudah menjauh?', 'Have people moved away?']],
  kebakaran_lahan: [['Seluas apa?', 'How large?'], ['Dekat rumah?', 'Near houses?'], ['Mobil damkar bisa masuk?', 'Can a fire engine get in?']],
  banjir: [DEPTH, TRAPPED, FRAIL, ['Air masih naik?', 'Is it still rising?'], ['Listrik sudah mati?', 'Is the power off?']],
  rob: [DEPTH, TRAPPED, FRAIL, ['Air masih naik?', 'Is it still rising?'], ROAD],
  kecelakaan: [HURT, ['Ada yang terjepit?', 'Anybody pinned?'], ['Kendaraan apa saja?', 'Which vehicles?'], ['Bensin bocor atau api?', 'Fuel leaking, or fire?'], ROAD],
  sakit_mendadak: [['Sadar?', 'Conscious?'], ['Bernapas biasa?', 'Breathing normally?'], ['Apa keluhannya, sejak kapan?', 'What is wrong, since when?'], ['Umur?', 'Age?'], ['Ada pendarahan?', 'Any bleeding?']],
  mobil_jenazah: [['Dari mana ke mana?', 'From where to where?'], ['Kapan dibutuhkan?', 'Needed when?'], ['Siapa yang menunggu di sana?', 'Who waits there?']],
  orang_tenggelam: [['Masih terlihat?', 'Still in sight?'], ['Berapa orang?', 'How many people?'], ['Kapan terakhir terlihat, di mana?', 'Last seen when and where?'], ['Ada perahu di dekatnya?', 'A boat nearby?']],
  angin_kencang: [HURT, TRAPPED, ['Apa yang rusak?', 'What is damaged?'], WIRES],
  kriminalitas: [['Pelaku masih di sana?', 'Is the offender still there?'], WEAPON, HURT, WHO, ['Lari ke mana, dengan apa?', 'Fled where, by what?']],
  kdrt: [SAFE, ['Pelaku masih di sana?', 'Is the offender still there?'], WEAPON, HURT, ['Ada anak di rumah?', 'Children in the house?']],
  pohon_tumbang: [HURT, WIRES, ROAD, ['Menimpa rumah atau kendaraan?', 'On a house or a vehicle?']],
  sarang_tawon: [['Ada yang tersengat?', 'Anybody stung?'], ['Setinggi apa sarangnya?', 'How high is the nest?'], ['Sebesar apa?', 'How big?']],
  ular: [['Ada yang digigit?', 'Anybody bitten?'], ['Ularnya di mana sekarang?', 'Where is the snake now?'], ['Sebesar apa, warnanya?', 'How big, which colour?']],
  evakuasi_hewan: [['Hewan apa?', 'Which animal?'], WHERE, ['Berbahaya bagi orang?', 'Dangerous to people?']],
  penyelamatan: [['Siapa, terjebak bagaimana?', 'Who, and trapped how?'], ['Bernapas dan sadar?', 'Breathing and conscious?'], SINCE],
  pgot: [['Berapa orang?', 'How many people?'], ['Sakit atau terluka?', 'Sick or hurt?'], WHERE],
  miras: [WHO, ['Ada perkelahian?', 'Any fight?'], WEAPON],
  odgj: [['Membahayakan diri atau orang lain?', 'A danger to themselves or others?'], WEAPON, ['Ada keluarga di sana?', 'Is family there?']],
  permintaan_darah: [['Golongan dan rhesus?', 'Group and rhesus?'], ['Berapa kantong?', 'How many bags?'], ['Rumah sakit dan nama pasien?', 'Hospital and patient?']],
  listrik_padam: [SINCE, ['Satu rumah atau sekitarnya?', 'One house or around it?'], ['Ada kabel putus atau api?', 'A broken line or fire?']],
  lampu_jalan: [WHERE, SINCE, ['Lampu jalan atau lalu lintas?', 'Street or traffic light?']],
  jalan_rusak: [WHERE, ['Sebesar apa?', 'How large?'], ROAD],
  air_pdam: [SINCE, ['Mati, keruh, atau bocor?', 'Off, muddy or leaking?'], ['Satu rumah atau sekitarnya?', 'One house or around it?']],
}
