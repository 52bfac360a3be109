import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Link, useParams } from 'wouter'
import { useCompany } from '../../app/company'
import { useTitle } from '../../app/useTitle'
import { Answered } from '../../parts/Answered'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'
import { ContractEditor } from './ContractEditor'
import { ContractView } from './ContractView'
import { type Contract, useContract } from './useContract'

/** One contract: its customer, its special fields and its delivery notifications, to be read and changed. */
export default function ContractPage() {
  const { number } = useParams<{ number: string }>()
  useTitle(`Contract ${number}`)
  const contract = useContract(number)
  return (
    <Answered query={contract} what="the contract">
      {(found) => <Found key={found.number} contract={found} refresh={contract.refetch} />}
    </Answered>
  )
}

function Found({ contract, refresh }: { contract: Contract; refresh: () => unknown }) {
  const { mayChange } = useCompany()
  const [editing, setEditing] = useState(false)
  const edit = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  useEffect(() => {
    if (wasEditing.current && !editing) edit.current?.focus()
    wasEditing.current = editing
  }, [editing])
  const close = () => {
    setEditing(false)
    void refresh()
  }
  const { number, customer, updatedAt } = contract
  return (
    <>
      <PageHead
        title={`Contract ${number}`}
        about={
          <>
            {customer.name}, changed <Moment at={updatedAt} relative />
          </>
        }
      >
        <Button component={Link} href={`/find?q=${encodeURIComponent(number)}`} variant="default">
          Stops
        </Button>
        <Button component={Link} href={`/messages?contractNumber=${encodeURIComponent(number)}`} variant="default">
          Messages
        </Button>
        {mayChange && !editing && (
          <Button ref={edit} onClick={() => setEditing(true)}>
            Edit
          </Button>
        )}
      </PageHead>
      {editing ? <ContractEditor contract={contract} onClose={close} /> : <ContractView contract={contract} />}
    </>
  )
}
