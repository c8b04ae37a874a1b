import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bindNames } from '../../server/db/sql.ts'

const SQL = resolve(import.meta.dirname, '../../sql')

describe('named parameters', () => {
  it('become positions, each name one', () => {
    expect(bindNames('select :a, :b, :a')).toEqual({ text: 'select $1, $2, $1', names: ['a', 'b'] })
  })
  it('leave casts, quoted text, comments and times alone', () => {
    const text = "select :a::text, '12:30 :no', x::int -- :comment\nfrom t where y = 'it''s :quoted'"
    expect(bindNames(text)).toEqual({ text: text.replace(':a', '$1'), names: ['a'] })
  })
})

describe('sql/', () => {
  it.each(
    ['functions', 'queries', 'bootstrap.sql'].flatMap((part) =>
      part.endsWith('.sql') ? [part] : readdirSync(join(SQL, part)).map((name) => `${part}/${name}`),
    ),
  )('%s opens with who calls it and its contract', (name) =>
    expect(readFileSync(join(SQL, name), 'utf8')).toMatch(/^-- \S/),
  )
  it.each(readdirSync(join(SQL, 'functions')))('functions/%s holds the one function of its name', (name) => {
    const made = [
      ...readFileSync(join(SQL, 'functions', name), 'utf8').matchAll(
        /create (?:or replace )?(?:function|aggregate)\s+(\w+)/gi,
      ),
    ].map((m) => m[1])
    expect(made).toEqual([name.slice(0, -4)])
  })
})
