import { answered, api, type Shown } from '../../client/api'
import { useChange } from '../../parts/useChange'

/** What a form has of an operator; `companyId` is empty for every company. */
export type OperatorForm = Pick<Shown['Operator'], 'name' | 'email' | 'role'> & { companyId: string }

/** Adds an operator with `null`, or changes that one. */
export function useSaveOperator(operator: Shown['Operator'] | null) {
  return useChange({
    change: ({ name, email, role, companyId: of }: OperatorForm): Promise<Shown['NewOperator'] | Shown['Operator']> => {
      const fields = { name, role, companyId: of === '' ? null : of }
      return operator === null
        ? answered(api.POST('/v1/operators', { body: { ...fields, email } }))
        : answered(api.PATCH('/v1/operators/{id}', { params: { path: { id: operator.id } }, body: fields }))
    },
    makesOld: [['operators'], ['session']],
    done: ({ name }) => (operator === null ? `${name} is an operator.` : `${name} is changed.`),
  })
}
