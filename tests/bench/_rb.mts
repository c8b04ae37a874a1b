import { gridTown } from './roads.ts'
import { buildGraph } from '../../geo/roads/graph.ts'
import { createSnapper } from '../../geo/roads/snap.ts'
import { createScratch, priceTargets } from '../../geo/roads/search.ts'
import { seededRandom } from '../helpers/random.ts'
import { at } from '../geo/roads/cases.ts'
const random = seededRandom(90)
const t=gridTown(random); const g=buildGraph(t.nodes,t.edges)
const s=createSnapper(g), sc=createScratch(g)
const any=()=>at(random()*60*142,random()*60*142)
const A:number[]=[],B:number[]=[],C:number[]=[]
for(let r=0;r<200;r++){ const pts=Array.from({length:1000},any); const inc=s.snap(any())!
 let a=performance.now(); const sn=pts.map(p=>s.snap(p)); A.push(performance.now()-a)
 a=performance.now(); priceTargets(sc,inc,sn); B.push(performance.now()-a)
 a=performance.now(); priceTargets(sc,inc,[null]); C.push(performance.now()-a)
}
for(const x of [A,B,C]){x.splice(0,20);x.sort((a,b)=>a-b);console.log(x[90].toFixed(2),x[171].toFixed(2))}
console.log(g.arc_count)
