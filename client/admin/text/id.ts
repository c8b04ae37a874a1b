/** The frame of the admin's page in Indonesian: formal and short. */
export const id = {
  title: 'Admin',
  tabs: 'Bagian',
  tab_ledger: 'Buku pengiriman',
  tab_aliases: 'Nama lain',
  tab_needs: 'Kebutuhan unit',
  tab_closures: 'Penutupan',
  tab_accounts: 'Akun',
  tab_audit: 'Catatan',
  tab_privacy: 'Data pribadi',
  tab_outbox: 'Pusat data',
  tab_screens: 'Layar',
  tab_health: 'Kesehatan',
  signed_out_how:
    'Halaman ini untuk admin, supervisor, Kabid IKP, dan pimpinan. Masuk di peramban ini; halaman ini lalu terbuka sendiri.',
  session_over: 'Sesi berakhir. Masuk lagi di tab lain (/masuk).',
}
export type AdminKey = keyof typeof id
