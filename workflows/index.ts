export { deliveryRoute } from './deliveryRoute'
export { dispatchTask } from './dispatchTask'
export { providerTest } from './providerTest'
