import { describe, expect, it } from 'vitest'
import { distanceM, toLocalM } from '../../../geo/earth.ts'
import { nodeRoads } from '../../../geo/roads/node.ts'
import { acuteAngleDeg, crossing } from '../../../geo/roads/plane.ts'
import { seededRandom } from '../../helpers/random.ts'
import { at, line } from './cases.ts'

const degrees = (network: ReturnType<typeof nodeRoads>): number[] => {
  const degree = network.nodes.map(() => 0)
  for (const { from_node, to_node } of network.edges) {
    degree[from_node]++
    degree[to_node]++
  }
  return degree.sort((a, b) => a - b)
}

/** Every pair of segments of two edges that cross at an angle, farther from all their nodes than bends can explain. */
function unsplitCrossings(network: ReturnType<typeof nodeRoads>): string[] {
  const found: string[] = []
  const origin = at(0, 0)
  const ways = network.edges.map((e) => e.coordinates.map((c) => toLocalM(c, origin)))
  for (let i = 0; i < ways.length; i++) {
    for (let j = 0; j < i; j++) {
      for (let k = 1; k < ways[i].length; k++) {
        for (let l = 1; l < ways[j].length; l++) {
          const [a, b, c, d] = [ways[i][k - 1], ways[i][k], ways[j][l - 1], ways[j][l]]
          const cross = crossing(a, b, c, d)
          if (!cross || acuteAngleDeg(b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]) < 20) continue
          const p = [a[0] + cross[0] * (b[0] - a[0]), a[1] + cross[0] * (b[1] - a[1])]
          const ends = [ways[i][0], ways[i][ways[i].length - 1]]
          if (Math.min(...ends.map((q) => Math.hypot(q[0] - p[0], q[1] - p[1]))) > 9) found.push(`${i} x ${j}`)
        }
      }
    }
  }
  return found
}

describe('nodeRoads', () => {
  it('splits both lines where they cross', () => {
    const network = nodeRoads([
      line([
        [-100, 0],
        [100, 0],
      ]),
      line([
        [0, -100],
        [0, 100],
      ]),
    ])
    expect(degrees(network)).toEqual([1, 1, 1, 1, 4])
    expect(network.edges.map((e) => Math.round(e.metres))).toEqual([100, 100, 100, 100])
    expect(network.components).toHaveLength(1)
  })

  it('joins a T whose end falls short, and one whose end goes too far', () => {
    for (const end of [-2, 2]) {
      const network = nodeRoads([
        line([
          [-100, 0],
          [100, 0],
        ]),
        line(
          [
            [0, -100],
            [0, end],
          ],
          { source_row: 2 },
        ),
      ])
      expect(degrees(network)).toEqual([1, 1, 1, 3])
      expect(network.dropped).toEqual(
        end > 0 ? [{ source_row: 2, reason: expect.stringContaining('2.0 m merged') as string }] : [],
      )
    }
  })

  it('leaves a near-miss beyond the tolerance alone and reports it as a part cut off', () => {
    const network = nodeRoads([
      line([
        [-100, 0],
        [100, 0],
      ]),
      line([
        [0, -100],
        [0, -5],
      ]),
    ])
    expect(network.components.map((c) => [c.component, c.edge_count, Math.round(c.metres)])).toEqual([
      [0, 1, 200],
      [1, 1, 95],
    ])
    expect(network.edges.map((e) => e.component)).toEqual([0, 1])
  })

  it('joins ends that nearly meet at one node', () => {
    const network = nodeRoads([
      line([
        [0, 0],
        [100, 0],
      ]),
      line([
        [101, 1],
        [200, 0],
      ]),
      line([
        [102, 0],
        [100, 90],
      ]),
    ])
    expect(degrees(network)).toEqual([1, 1, 1, 3])
    for (const e of network.edges) {
      expect(e.coordinates[0]).toEqual(network.nodes[e.from_node].position)
      expect(e.coordinates.at(-1)).toEqual(network.nodes[e.to_node].position)
    }
  })

  it('takes a double out, whichever way it is drawn, names its row and keeps what it knew', () => {
    const network = nodeRoads([
      line(
        [
          [0, 0],
          [100, 0],
          [200, 10],
        ],
        { source_row: 7 },
      ),
      line(
        [
          [200, 10],
          [100, 0.2],
          [0, 0],
        ],
        { source_row: 8, name: 'Jl. Bandung' },
      ),
    ])
    expect(network.edges).toHaveLength(1)
    expect(network.edges[0].name).toBe('Jl. Bandung')
    expect(network.dropped.map((d) => d.source_row)).toContain(8)
    expect(network.dropped.every((d) => d.reason.includes('double of row 7'))).toBe(true)
  })

  it('keeps two different ways between the same places', () => {
    const network = nodeRoads([
      line([
        [0, 0],
        [100, 0],
      ]),
      line([
        [0, 0],
        [50, 40],
        [100, 0],
      ]),
    ])
    expect(network.edges).toHaveLength(2)
    expect(network.dropped).toEqual([])
  })

  it('keeps a ring, alone or with a road into it', () => {
    const ring = line([
      [0, 0],
      [50, 0],
      [50, 50],
      [0, 50],
      [0, 0],
    ])
    const alone = nodeRoads([ring])
    expect(alone.edges.map((e) => [e.from_node === e.to_node, Math.round(e.metres)])).toEqual([[true, 200]])
    const joined = nodeRoads([
      ring,
      line([
        [50, 25],
        [150, 25],
      ]),
    ])
    expect(joined.components).toHaveLength(1)
    expect(Math.round(joined.components[0].metres)).toBe(300)
  })

  it('refuses a line of no length and a coordinate that is none, by row', () => {
    const bad = line(
      [
        [0, 0],
        [10, 0],
      ],
      { source_row: 4 },
    )
    bad.coordinates[1] = [NaN, 0]
    const network = nodeRoads([
      line(
        [
          [5, 5],
          [5, 5],
        ],
        { source_row: 3 },
      ),
      bad,
      line([
        [0, 0],
        [100, 0],
      ]),
    ])
    expect(network.edges).toHaveLength(1)
    expect(network.dropped.map((d) => d.source_row)).toEqual([4, 3].sort())
  })

  it('passes a bridge over a road without a junction, but joins it at its ends', () => {
    const network = nodeRoads([
      line([
        [-150, 0],
        [150, 0],
      ]),
      line(
        [
          [0, -50],
          [0, 50],
        ],
        { layer: 1 },
      ),
      line([
        [0, -150],
        [0, -50],
      ]),
    ])
    expect(network.edges).toHaveLength(3)
    expect(network.components.map((c) => c.edge_count)).toEqual([1, 2])
  })

  it('puts one level crossing where a double track crosses, none under a bridge', () => {
    const rails = [
      [at(-200, 0), at(200, 0)],
      [at(-200, 5), at(200, 5)],
    ]
    const network = nodeRoads(
      [
        line([
          [0, -100],
          [0, 100],
        ]),
        line(
          [
            [60, -100],
            [60, 100],
          ],
          { layer: 1 },
        ),
      ],
      { rails },
    )
    expect(network.nodes.filter((n) => n.level_crossing)).toHaveLength(1)
    expect(network.edges).toHaveLength(3)
  })

  it('loses no metre of random lines unsaid but for bends at junctions, and leaves no crossing unsplit', () => {
    const random = seededRandom(41)
    for (let round = 0; round < 20; round++) {
      const lines = Array.from({ length: 12 }, (_, i) =>
        line(
          Array.from({ length: 4 }, () => [random() * 1000, random() * 1000] as [number, number]),
          { source_row: i },
        ),
      )
      const network = nodeRoads(lines)
      const drawn = lines.reduce(
        (sum, l) => sum + l.coordinates.reduce((s, c, i) => s + (i ? distanceM(l.coordinates[i - 1], c) : 0), 0),
        0,
      )
      const kept = network.edges.reduce((sum, e) => sum + e.metres, 0)
      const said = network.dropped.reduce((sum, d) => sum + Number(/([\d.]+) m/.exec(d.reason)?.[1] ?? 0), 0)
      expect(Math.abs(drawn - kept - said)).toBeLessThan(0.005 * drawn)
      expect(unsplitCrossings(network)).toEqual([])
    }
  })

  it('nodes 20,000 segments in a couple of seconds', () => {
    const lines = Array.from({ length: 200 }, (_, i) => {
      const along = Array.from({ length: 101 }, (_, k) => k * 20 - 10)
      return i < 100
        ? line(along.map((v) => [v, i * 20] as [number, number]))
        : line(along.map((v) => [(i - 100) * 20, v] as [number, number]))
    })
    const started = performance.now()
    const network = nodeRoads(lines)
    expect(performance.now() - started).toBeLessThan(4000)
    expect(degrees(network).filter((d) => d === 4)).toHaveLength(100 * 100)
  })
})
